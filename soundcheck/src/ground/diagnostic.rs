//! What rustc said, as data: the JSON diagnostics of one compilation.
//!
//! Owns the parsing and the order of evidence about *where* an error is. Which
//! case a place belongs to is decided in `batch`.

use camino::Utf8PathBuf;
use serde::Deserialize;

/// An error, with everything that was said about it.
#[derive(Clone, Debug, Default)]
pub struct Diagnostic {
    /// The error code, or the name of a lint.
    pub code: Option<String>,
    /// The headline.
    pub message: String,
    /// The texts at its own spans.
    pub labels: Vec<String>,
    /// The texts of its notes, without help.
    pub notes: Vec<String>,
    /// Places by strength: primary spans, other spans, notes, and the notes
    /// that rustc printed after the error.
    pub places: [Vec<Place>; 4],
    /// Its own spans, in the order in which rustc gives them.
    pub spans: Vec<Span>,
    /// What was said below it, without help.
    pub remarks: Vec<Remark>,
    /// The text that a person would read.
    pub rendered: String,
}

/// A line of a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as rustc names it.
    pub file: Utf8PathBuf,
    /// The line, counted from 1.
    pub line: usize,
}

/// A stretch of source that something was said about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where it is; the call of each macro follows what is inside of it.
    pub regions: Vec<Region>,
    /// Whether the error is here.
    pub is_primary: bool,
    /// The text at the span.
    pub label: Option<String>,
    /// The files of the macros that were called around it.
    pub macros: Vec<Utf8PathBuf>,
}

/// A stretch of one file, from one line and column to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The file as rustc names it.
    pub file: Utf8PathBuf,
    /// The first line and column, counted from 1.
    pub start: (usize, usize),
    /// The last line, and the column after the last.
    pub end: (usize, usize),
}

/// A note below an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its text.
    pub message: String,
    /// What it points at.
    pub spans: Vec<Span>,
}

impl Diagnostic {
    /// Whether a word is in the message or in a label.
    pub fn says(&self, word: &str) -> bool {
        self.message.contains(word) || self.labels.iter().any(|label| label.contains(word))
    }

    /// Every text of the diagnostic but help.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let own = std::iter::once(&self.message);
        own.chain(&self.labels)
            .chain(&self.notes)
            .map(String::as_str)
    }

    /// The code and the headline in one line.
    pub fn headline(&self) -> String {
        let message = self.message.lines().next().unwrap_or_default();
        match &self.code {
            Some(code) => format!("{code} {message}"),
            None => message.to_owned(),
        }
    }
}

/// Reads the errors from the output of `--error-format=json`. Lines that are no
/// diagnostics are returned as they are.
pub fn parse(output: &str) -> (Vec<Diagnostic>, String) {
    let mut errors: Vec<Diagnostic> = Vec::new();
    let mut rest = String::new();
    for line in output.lines() {
        match serde_json::from_str::<Raw>(line) {
            Ok(raw) => raw.add_to(&mut errors),
            Err(_) => {
                rest.push_str(line);
                rest.push('\n');
            }
        }
    }
    (errors, rest)
}

/// Reads the warnings of one lint from the same output.
pub fn warnings(output: &str, lint: &str) -> Vec<Diagnostic> {
    let raws = output
        .lines()
        .filter(|line| line.contains(lint))
        .filter_map(|line| serde_json::from_str::<Raw>(line).ok());
    let is_of_lint = |raw: &Raw| raw.code.as_ref().is_some_and(|code| code.code == lint);
    raws.filter(is_of_lint).map(Raw::into_diagnostic).collect()
}

/// A diagnostic as rustc and cargo spell it.
#[derive(Debug, Deserialize)]
pub struct Raw {
    message: String,
    code: Option<RawCode>,
    level: String,
    #[serde(default)]
    spans: Vec<RawSpan>,
    #[serde(default)]
    children: Vec<Raw>,
    rendered: Option<String>,
}

#[derive(Debug, Deserialize)]
struct RawCode {
    code: String,
}

#[derive(Debug, Deserialize)]
struct RawSpan {
    file_name: Utf8PathBuf,
    line_start: usize,
    #[serde(default)]
    line_end: usize,
    #[serde(default)]
    column_start: usize,
    #[serde(default)]
    column_end: usize,
    is_primary: bool,
    label: Option<String>,
    expansion: Option<Box<RawExpansion>>,
}

#[derive(Debug, Deserialize)]
struct RawExpansion {
    span: RawSpan,
    def_site_span: Option<RawSpan>,
}

impl Raw {
    /// Appends the diagnostic if it is an error, or adds what it says to the
    /// error before it if it is a note about that one.
    pub fn add_to(self, errors: &mut Vec<Diagnostic>) {
        if self.is_error() {
            errors.push(self.into_diagnostic());
        } else if self.level == "note" {
            if let Some(error) = errors.last_mut() {
                error.places[3].extend(self.spans.iter().flat_map(RawSpan::places));
                error.remarks.push(self.remark());
                error.notes.push(self.message);
            }
        }
    }

    fn is_error(&self) -> bool {
        self.level.starts_with("error") && !self.message.starts_with("aborting due to ")
    }

    fn into_diagnostic(self) -> Diagnostic {
        let mut diagnostic = Diagnostic {
            code: self.code.map(|code| code.code),
            message: self.message,
            rendered: self.rendered.unwrap_or_default(),
            ..Diagnostic::default()
        };
        diagnostic.spans = self.spans.iter().map(RawSpan::span).collect();
        for span in &self.spans {
            let tier = if span.is_primary { 0 } else { 1 };
            diagnostic.places[tier].extend(span.places());
            diagnostic.labels.extend(span.label.clone());
        }
        for child in self.children.iter().filter(|child| child.level != "help") {
            diagnostic.places[2].extend(child.spans.iter().flat_map(RawSpan::places));
            let labels = child.spans.iter().filter_map(|span| span.label.clone());
            diagnostic.notes.extend(labels);
            diagnostic.notes.push(child.message.clone());
            diagnostic.remarks.push(child.remark());
        }
        diagnostic
    }

    fn remark(&self) -> Remark {
        Remark {
            message: self.message.clone(),
            spans: self.spans.iter().map(RawSpan::span).collect(),
        }
    }
}

impl RawSpan {
    /// The lines of the span, and those of the macro calls around it.
    fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for span in self.chain() {
            let place = Place {
                file: span.file_name.clone(),
                line: span.line_start,
            };
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    fn span(&self) -> Span {
        Span {
            regions: self.chain().map(RawSpan::region).collect(),
            is_primary: self.is_primary,
            label: self.label.clone(),
            macros: self.macros().collect(),
        }
    }

    fn macros(&self) -> impl Iterator<Item = Utf8PathBuf> + '_ {
        let calls = self.chain().filter_map(|span| span.expansion.as_deref());
        let sites = calls.filter_map(|call| call.def_site_span.as_ref());
        sites.map(|site| site.file_name.clone())
    }

    fn region(&self) -> Region {
        Region {
            file: self.file_name.clone(),
            start: (self.line_start, self.column_start),
            end: (self.line_end, self.column_end),
        }
    }

    /// The span itself, then the macro calls around it.
    fn chain(&self) -> impl Iterator<Item = &RawSpan> {
        std::iter::successors(Some(self), |span| {
            span.expansion.as_deref().map(|outer| &outer.span)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(file: &str, line: usize, primary: bool) -> String {
        format!(
            r#"{{"file_name":"{file}","line_start":{line},"is_primary":{primary},"label":"at {file}","expansion":null}}"#
        )
    }

    fn line(level: &str, message: &str, spans: &str, children: &str) -> String {
        format!(
            r#"{{"message":"{message}","code":{{"code":"E0080"}},"level":"{level}","spans":[{spans}],"children":[{children}],"rendered":"r"}}"#
        )
    }

    #[test]
    fn an_error_has_its_places_by_strength() {
        let help = line("help", "see", &span("help.rs", 1, true), "");
        let note = line("note", "defined", &span("note.rs", 2, true), "");
        let spans = format!("{},{}", span("a.rs", 3, true), span("b.rs", 4, false));
        let (errors, rest) = parse(&line("error", "bad", &spans, &format!("{help},{note}")));
        assert_eq!(rest, "");
        let files = |tier: usize| errors[0].places[tier][0].file.to_string();
        assert_eq!(
            (files(0), files(1), files(2)),
            ("a.rs".into(), "b.rs".into(), "note.rs".into())
        );
        assert!(errors[0].says("at b.rs"));
        assert!(!errors[0].texts().any(|text| text.contains("see")));
    }

    #[test]
    fn a_following_note_belongs_to_the_error_before_it() {
        let error = line("error", "bad", "", "");
        let note = line("note", "instantiating", &span("case.rs", 7, true), "");
        let (errors, _) = parse(&format!("{error}\n{note}"));
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].places[3][0].line, 7);
    }

    #[test]
    fn totals_and_warnings_are_no_errors() {
        let total = line("error", "aborting due to 1 previous error", "", "");
        let warning = line("warning", "unused", "", "");
        let (errors, rest) = parse(&format!("{total}\n{warning}\nthread panicked"));
        assert!(errors.is_empty());
        assert_eq!(rest, "thread panicked\n");
    }

    #[test]
    fn the_call_of_a_macro_is_a_place_too() {
        let inner = r#"{"file_name":"api.rs","line_start":1,"is_primary":true,"label":null,"expansion":{"span":{"file_name":"case.rs","line_start":9,"is_primary":false,"label":null,"expansion":null}}}"#;
        let (errors, _) = parse(&line("error", "bad", inner, ""));
        assert_eq!(errors[0].places[0][1].line, 9);
    }
}
