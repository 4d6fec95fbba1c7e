//! The header and the marks of a case file, read from its text.
//!
//! Owns the syntax of `//!`, `//@ key: value` and `//~ E0599 words`. Which keys
//! a kind of case knows, and what their values mean, is decided in `case`.

use crate::judge::reason;

/// A `//@ key: value` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The word before the colon.
    pub key: String,
    /// The text after the colon.
    pub value: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// A `//~` mark: an error that the case must produce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The line of the program that the error must be on.
    pub line: usize,
    /// What the error must be.
    pub reason: Reason,
    /// Words that its message or its labels must contain.
    pub words: Vec<String>,
}

/// How an expectation names its error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// By its code.
    Code(String),
    /// By its message, because some errors have no code.
    Text(String),
}

impl Expectation {
    /// The expectation as a person would say it.
    pub fn describe(&self) -> String {
        let mut text = match &self.reason {
            Reason::Code(code) => code.clone(),
            Reason::Text(text) => format!("\"{text}\""),
        };
        for word in &self.words {
            text.push(' ');
            text.push_str(word);
        }
        format!("{text} on line {}", self.line)
    }
}

/// Everything that a file says about itself.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// The first sentence of the `//!` comment.
    pub sentence: String,
    /// The `//@` lines in order.
    pub directives: Vec<Directive>,
    /// The `//~` marks in order.
    pub expectations: Vec<Expectation>,
    /// Lines that could not be read, with the reason.
    pub faults: Vec<(usize, String)>,
}

/// Reads the header and the marks of a file.
pub fn parse(text: &str) -> Header {
    let mut header = Header {
        sentence: first_sentence(text),
        ..Header::default()
    };
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if let Some(rest) = line.trim_start().strip_prefix("//@") {
            match parse_directive(rest, number) {
                Ok(directive) => header.directives.push(directive),
                Err(fault) => header.faults.push((number, fault)),
            }
        } else if let Some(at) = line.find("//~") {
            match parse_expectation(&line[at + 3..], number) {
                Ok(expectation) => header.expectations.push(expectation),
                Err(fault) => header.faults.push((number, fault)),
            }
        }
    }
    header
}

fn first_sentence(text: &str) -> String {
    let comment: Vec<&str> = text
        .lines()
        .map(str::trim_start)
        .filter_map(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    let comment = comment.join(" ");
    match comment.find(". ") {
        Some(end) => comment[..=end].to_owned(),
        None => comment,
    }
}

fn parse_directive(rest: &str, line: usize) -> Result<Directive, String> {
    let (key, value) = rest
        .split_once(':')
        .ok_or_else(|| format!("directive `{}` has no colon", rest.trim()))?;
    Ok(Directive {
        key: key.trim().to_owned(),
        value: value.trim().to_owned(),
        line,
    })
}

fn parse_expectation(rest: &str, line: usize) -> Result<Expectation, String> {
    let text = rest.trim_start_matches('^');
    let above = rest.len() - text.len();
    let line = line
        .checked_sub(above)
        .filter(|line| *line > 0)
        .ok_or("the carets point above the file")?;
    let mut words = split_words(text)?.into_iter();
    let reason = match words.next() {
        Some(Word::Quoted(text)) if !text.is_empty() => Reason::Text(text),
        Some(Word::Plain(code)) if reason::is_error_code(&code) => Reason::Code(code),
        Some(Word::Plain(other)) => {
            return Err(format!(
                "`{other}` is neither an error code like E0277 nor a quoted text"
            ))
        }
        _ => return Err("`//~` names no error".to_owned()),
    };
    let words = words.map(Word::into_text).collect();
    Ok(Expectation {
        line,
        reason,
        words,
    })
}

enum Word {
    Plain(String),
    Quoted(String),
}

impl Word {
    fn into_text(self) -> String {
        match self {
            Word::Plain(text) | Word::Quoted(text) => text,
        }
    }
}

/// Splits at white space, except inside double quotes.
fn split_words(text: &str) -> Result<Vec<Word>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let end = quoted.find('"').ok_or("a quote is not closed")?;
            words.push(Word::Quoted(quoted[..end].to_owned()));
            rest = quoted[end + 1..].trim_start();
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            words.push(Word::Plain(rest[..end].to_owned()));
            rest = rest[end..].trim_start();
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expect(line: &str) -> Expectation {
        let header = parse(&format!("\n\n{line}\n"));
        assert_eq!(header.faults, []);
        header.expectations[0].clone()
    }

    fn fault(text: &str) -> (usize, String) {
        parse(text).faults[0].clone()
    }

    #[test]
    fn the_first_sentence_may_span_lines() {
        let header = parse("//! A device\n//! has no guard. It never had.\n//!\n//! More.\n");
        assert_eq!(header.sentence, "A device has no guard.");
    }

    #[test]
    fn a_directive_has_key_value_and_line() {
        let header = parse("//! Doc.\n//@ claim: a-b\n");
        let directive = &header.directives[0];
        assert_eq!(
            (directive.key.as_str(), directive.value.as_str()),
            ("claim", "a-b")
        );
        assert_eq!(directive.line, 2);
    }

    #[test]
    fn a_directive_without_colon_is_a_fault() {
        assert_eq!(
            fault("//@ claim a"),
            (1, "directive `claim a` has no colon".to_owned())
        );
    }

    #[test]
    fn a_mark_names_code_and_words() {
        let mark = expect("    dev.guard(); //~ E0599 guard \"no method\"");
        assert_eq!(mark.line, 3);
        assert_eq!(mark.reason, Reason::Code("E0599".to_owned()));
        assert_eq!(mark.words, ["guard", "no method"]);
        assert_eq!(mark.describe(), "E0599 guard no method on line 3");
    }

    #[test]
    fn carets_point_upwards() {
        assert_eq!(expect("//~^^ E0277").line, 1);
        assert_eq!(fault("//~^ E0277").0, 1);
    }

    #[test]
    fn errors_without_code_are_named_by_text() {
        let mark = expect("x //~ \"lifetime may not live long enough\"");
        assert_eq!(
            mark.reason,
            Reason::Text("lifetime may not live long enough".to_owned())
        );
    }

    #[test]
    fn a_mark_without_code_or_quotes_is_a_fault() {
        assert!(fault("x //~ unused_must_use")
            .1
            .contains("neither an error code"));
        assert!(fault("x //~").1.contains("names no error"));
        assert!(fault("x //~ E0277 \"open").1.contains("not closed"));
    }
}
