//! Whether the error of a case is about what is judged, or about the case.
//!
//! A program that is refused for a reason of its own proves nothing, however well
//! its marks are met. The rules ask for something positive: the error must point
//! into the sources of what is judged or name what they declare, and the twin must
//! do what the case is refused for.

mod outline;
pub mod vocabulary;

use crate::ground::diagnostic::Diagnostic;
use crate::ground::diagnostic::Region;
use crate::ground::diagnostic::Span;
use crate::judge::case::Case;
use crate::judge::directive::Declared;
use crate::judge::directive::Mark;
use crate::judge::evidence::outline::Outline;
use crate::judge::evidence::outline::Words;
use crate::judge::evidence::vocabulary::Vocabulary;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::marks;
use crate::judge::reason;

/// Why the errors of a case are no evidence.
#[derive(Debug, PartialEq, Eq)]
pub struct Objection {
    line: usize,
    what: String,
    next: &'static str,
}

impl Objection {
    /// As the verdict on the case.
    pub fn into_failure(self, case: &Case) -> Failure {
        Failure {
            kind: FailureKind::BrokenTest,
            line: Some(self.line),
            expected: marks::describe_all(&case.marks),
            got: format!("no evidence: {}", self.what),
            next: self.next.to_owned(),
        }
    }
}

/// What is wrong, and what to do about it.
type Fault = (String, &'static str);

/// Looks for an error of a case that meets its marks and is no evidence.
pub fn objection(
    case: &Case,
    vocabulary: &Vocabulary,
    errors: &[&Diagnostic],
) -> Option<Objection> {
    if let Some(mark) = case.marks.iter().find(|mark| is_wordless(mark)) {
        let what = format!(
            "{} says nothing about which error is meant",
            mark.describe()
        );
        let next = "add words to the mark that only this error says";
        return Some(Objection {
            line: mark.line,
            what,
            next,
        });
    }
    let outline = Outline::of(&case.text)?;
    errors.iter().find_map(|error| {
        let look = Look {
            case,
            vocabulary,
            outline: &outline,
            error,
        };
        let (what, next) = look.fault()?;
        let what = format!("{what}\n{}", error.rendered.trim_end());
        Some(Objection {
            line: look.line(),
            what,
            next,
        })
    })
}

fn is_wordless(mark: &Mark) -> bool {
    match &mark.reason {
        Declared::Code(code) => reason::is_common(code) && mark.words.is_empty(),
        Declared::Text(_) => false,
    }
}

/// What to do about an error that is about the case only.
const MEND: &str = "refuse a use of what is judged, and let the twin be that use where it is legal";

/// One error, and all that it may be about.
struct Look<'a> {
    case: &'a Case,
    vocabulary: &'a Vocabulary,
    outline: &'a Outline,
    error: &'a Diagnostic,
}

impl Look<'_> {
    fn fault(&self) -> Option<Fault> {
        if self.is_in_judged_macro() {
            return None;
        }
        self.unknown_reason()
            .or_else(|| self.is_about_nothing())
            .or_else(|| self.other_side())
            .or_else(|| self.own_trait())
            .or_else(|| self.missing_in_twin())
    }

    fn line(&self) -> usize {
        let inside = self.regions().next();
        inside.map_or(1, |region| region.start.0)
    }

    /// The own spans of the error in the case, the strongest first.
    fn regions(&self) -> impl Iterator<Item = &Region> {
        let (primary, others): (Vec<&Span>, Vec<&Span>) =
            self.error.spans.iter().partition(|span| span.is_primary);
        let regions = primary.into_iter().chain(others);
        let regions = regions.flat_map(|span| &span.regions);
        regions.filter(|region| region.file == self.case.file)
    }

    /// Whether a macro of what is judged wrote the code that is refused.
    fn is_in_judged_macro(&self) -> bool {
        let is_judged = |span: &Span| {
            let mut files = span.macros.iter();
            files.any(|file| self.vocabulary.owns(file))
        };
        self.error.spans.iter().any(is_judged)
    }

    /// An error that no API can be the reason for.
    fn unknown_reason(&self) -> Option<Fault> {
        match self.error.code.as_deref() {
            Some(code) if !reason::is_refusal(code) => {
                let what = format!("{code} is no code by which an API refuses anything");
                Some((what, MEND))
            }
            None if !reason::is_refusal_in_words(&self.error.message) => {
                let what = "the error has no code, and is not one of the borrow checker or of \
                            privacy";
                Some((what.to_owned(), MEND))
            }
            _ => None,
        }
    }

    /// Whether a name is one of what is judged, and not of the case.
    fn is_judged(&self, name: &str) -> bool {
        self.vocabulary.has_type(name) && !self.outline.own.contains(name)
    }

    fn is_about_nothing(&self) -> Option<Fault> {
        let spans = self.error.spans.iter();
        let spans = spans.chain(self.error.remarks.iter().flat_map(|remark| &remark.spans));
        let mut files = spans
            .flat_map(|span| &span.regions)
            .map(|region| &region.file);
        let points = files.any(|file| self.vocabulary.owns(file));
        let names = quoted(self.error.texts());
        if points || names.iter().any(|name| self.is_judged(name)) || self.leads_there() {
            return None;
        }
        let what = "the error is about the case alone: it neither points into what is judged nor \
                    names anything of it";
        Some((what.to_owned(), MEND))
    }

    /// Where an error names variables only, whether one comes from what is judged.
    fn leads_there(&self) -> bool {
        let code = self.error.code.as_deref();
        if code.is_some_and(|code| reason::names_types(code) || reason::is_post_mono(code)) {
            return false;
        }
        let regions: Vec<&Region> = self.regions().collect();
        let reached = self.outline.reach(&self.case.text, &regions);
        reached.iter().any(|name| self.is_judged(name))
    }

    /// Of two types that do not fit, one that is of the language: no API can
    /// make them fit.
    fn other_side(&self) -> Option<Fault> {
        let code = self.error.code.as_deref();
        if !matches!(code, Some("E0308" | "E0605" | "E0606")) {
            return None;
        }
        let is_some = |words: &Words| {
            let mut words = words.iter();
            words.any(|word| self.is_judged(word) || self.outline.declares(word))
        };
        let sides: Vec<Vec<Words>> = self.error.texts().filter_map(sides).collect();
        let is_good = |sides: &Vec<Words>| sides.iter().all(is_some);
        if sides.is_empty() || sides.iter().any(is_good) {
            return None;
        }
        let what = "the types do not fit, and one of them is of the language: nothing that is \
                    judged can make them fit";
        Some((what.to_owned(), MEND))
    }

    /// A trait of the case that it implements for nothing that is judged, or the
    /// trait behind an operator of the language.
    fn own_trait(&self) -> Option<Fault> {
        if self.error.code.as_deref() != Some("E0277") {
            return None;
        }
        if self.error.message.contains("`?` operator") {
            let what = "the function cannot use `?`, whatever is judged".to_owned();
            return Some((what, MEND));
        }
        let is_known =
            |name: &str| self.vocabulary.has_type(name) || self.outline.own.contains(name);
        let names = quoted(std::iter::once(self.error.message.as_str()));
        let mut traits = names
            .iter()
            .filter(|name| self.outline.own_traits.contains(*name));
        let lonely = traits.find(|name| !self.outline.implements(name, is_known))?;
        let what = format!("`{lonely}` is a trait of the case, which implements it for nothing");
        Some((what, MEND))
    }

    /// What the twin does not do.
    fn missing_in_twin(&self) -> Option<Fault> {
        let next = "let the twin do the same where it is legal";
        if self.error.code.as_deref() == Some("E0599") {
            let first = quoted_parts(&self.error.message).next();
            let method = first.filter(|name| !self.is_in_twin(name))?;
            let what = format!(
                "the twin does not say `{method}`, so that nobody knows whether \
                                there is such a thing at all"
            );
            return Some((what, next));
        }
        let regions: Vec<&Region> = self.regions().collect();
        let said = self.outline.reach(&self.case.text, &regions);
        let is_shared = |name: &&String| {
            let is_judged = self.vocabulary.has(name) && !self.outline.own.contains(*name);
            is_judged || self.outline.imported.contains(*name)
        };
        let is_module = |name: &&String| self.vocabulary.modules.contains(*name);
        let said = said.iter().filter(|name| !is_module(name));
        let mut said = said.filter(is_shared).peekable();
        said.peek()?;
        if said.any(|name| self.outline.twin.contains(name)) {
            return None;
        }
        let what = "the twin says nothing of what the refused code says".to_owned();
        Some((what, next))
    }

    fn is_in_twin(&self, name: &str) -> bool {
        self.outline.twin.contains(name) && !self.outline.twin_functions.contains(name)
    }
}

/// The words in backquotes.
fn quoted<'a>(texts: impl Iterator<Item = &'a str>) -> Words {
    let parts = texts.flat_map(quoted_parts);
    parts
        .flat_map(vocabulary::words)
        .map(str::to_owned)
        .collect()
}

fn quoted_parts(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The words of the two types that a text says do not fit.
fn sides(text: &str) -> Option<Vec<Words>> {
    let words = |text: &str| vocabulary::words(text).map(str::to_owned).collect();
    let types = match text.strip_prefix("expected ") {
        Some(rest) => rest.split_once("found ")?,
        None if text.contains(" cast") => text.split_once("` as `")?,
        None => return None,
    };
    Some(vec![words(types.0), words(types.1)])
}
