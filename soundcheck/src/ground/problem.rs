//! What is wrong with the input, or with a run as a whole: one line each.
//!
//! A problem says what, where and what to do next. It does not know whether it
//! ends the run before it starts (exit 2) or makes it red (exit 1).

use std::fmt;

use camino::Utf8Path;
use camino::Utf8PathBuf;

/// One line about something that is wrong outside of any verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, relative to the workspace, if the problem is in one.
    pub path: Option<Utf8PathBuf>,
    /// The line in the file, counted from 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub next: String,
}

impl Problem {
    /// A problem of the call or of the run, in no particular file.
    pub fn new(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self {
            path: None,
            line: None,
            what: what.into(),
            next: next.into(),
        }
    }

    /// Places the problem in a file.
    pub fn in_file(mut self, path: &Utf8Path) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Places the problem on a line of its file.
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{path}:")?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            write!(f, " ")?;
        }
        write!(f, "{}; next: {}", self.what, self.next)
    }
}

/// The line, counted from 1, that a byte of a text is on.
pub fn line_of(text: &str, offset: usize) -> usize {
    let before = &text.as_bytes()[..offset.min(text.len())];
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

/// The call or its input is wrong, so that nothing was judged.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.lines())]
pub struct InputError(pub Vec<Problem>);

impl InputError {
    /// An input error of a single line.
    pub fn one(problem: Problem) -> Self {
        Self(vec![problem])
    }

    fn lines(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(Problem::to_string).collect();
        lines.join("\n")
    }
}

/// Names the candidate that is closest to `word`, if one is close enough to be
/// what was meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The words `did you mean X?`, or an empty text.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map_or(String::new(), |found| format!(", did you mean `{found}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_word() {
        assert_eq!(nearest("clam", ["claim", "lane"]), Some("claim"));
        assert_eq!(
            nearest("generation", ["claim", "generations"]),
            Some("generations")
        );
        assert_eq!(nearest("zebra", ["claim", "lane"]), None);
    }

    #[test]
    fn a_problem_is_one_line_with_place_and_advice() {
        let problem = Problem::new("unknown directive `clam`", "write `claim`")
            .in_file(Utf8Path::new("ui-fail/a/b.rs"))
            .at_line(2);
        let line = problem.to_string();
        assert_eq!(
            line,
            "ui-fail/a/b.rs:2: unknown directive `clam`; next: write `claim`"
        );
    }
}
