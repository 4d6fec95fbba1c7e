//! Mutants that no safe program can tell, each with an argument.
//!
//! Owns the file of waivers, and when one has expired: when the code that it
//! quotes is not the code that the mutant edits any more.

use std::fs;

use camino::Utf8Path;
use serde::Deserialize;

use crate::ground::problem::line_of;
use crate::ground::problem::Problem;
use crate::subject::mutation::mutant::Mutant;
use crate::subject::mutation::mutant::Texts;

/// Why some mutants cannot be noticed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Their ids.
    pub mutants: Vec<String>,
    /// The code that they edit: whole lines or parts of them.
    pub code: String,
    /// The argument.
    pub argument: String,
    /// The line of the file.
    #[serde(skip)]
    pub line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waiver: Vec<toml::Spanned<Waiver>>,
}

/// An argument needs a few words.
const WORDS: usize = 5;

/// Reads a file of waivers below a root; one that is not there has none.
///
/// # Errors
///
/// It cannot be understood, or something is missing in it.
pub fn read(root: &Utf8Path, path: &Utf8Path) -> Result<Vec<Waiver>, Problem> {
    let text = match fs::read_to_string(root.join(path)) {
        Ok(text) => text,
        Err(_) => return Ok(Vec::new()),
    };
    let file: File = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(&text, span.start));
        let next = "a waiver has `mutants`, `code` and `argument`";
        let problem = Problem::new(error.message().replace('\n', " "), next);
        problem.in_file(path).at_line(line)
    })?;
    let waivers = file.waiver.into_iter().map(|waiver| {
        let line = line_of(&text, waiver.span().start);
        let waiver = Waiver {
            line,
            ..waiver.into_inner()
        };
        match waiver.argument.split_whitespace().count() < WORDS {
            true => Err(waiver.complain(path, "the waiver has no argument", ARGUE)),
            false => Ok(waiver),
        }
    });
    waivers.collect()
}

const ARGUE: &str = "say why no safe program can tell the difference";

impl Waiver {
    /// What is wrong with a waiver of this file.
    pub fn complain(&self, path: &Utf8Path, what: &str, next: &str) -> Problem {
        Problem::new(what, next).in_file(path).at_line(self.line)
    }

    /// Whether a mutant edits the code that is quoted.
    pub fn fits(&self, mutant: &Mutant, texts: &Texts) -> bool {
        let text = mutant.edits.first().and_then(|edit| texts.get(&edit.file));
        let text = text.map_or("", String::as_str);
        let line = mutant.line(texts);
        let quoted: Vec<&str> = lines(&self.code).collect();
        let all: Vec<(usize, &str)> = (1..).zip(text.lines().map(str::trim)).collect();
        let all: Vec<(usize, &str)> = all.into_iter().filter(|(_, it)| !it.is_empty()).collect();
        let mut windows = all.windows(quoted.len().max(1));
        windows.any(|window| {
            let is_there = window.first().is_some_and(|(first, _)| *first <= line)
                && window.last().is_some_and(|(last, _)| line <= *last);
            let is_same = |((_, line), quoted): (&(usize, &str), &&str)| line.contains(*quoted);
            is_there && !quoted.is_empty() && window.iter().zip(&quoted).all(is_same)
        })
    }
}

fn lines(code: &str) -> impl Iterator<Item = &str> {
    code.lines().map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subject::mutation::mutant::Edit;
    use crate::subject::mutation::mutant::Effect;

    fn fits(code: &str, text: &str, at: &str) -> bool {
        let waiver = Waiver {
            mutants: Vec::new(),
            code: code.to_owned(),
            argument: String::new(),
            line: 1,
        };
        let start = text.find(at).expect("it is there");
        let mutant = Mutant {
            id: "a".into(),
            operator: "o".into(),
            effect: Effect::Bodies,
            what: String::new(),
            edits: vec![Edit {
                file: "a.rs".into(),
                range: start..start + at.len(),
                text: String::new(),
            }],
            adaptations: Vec::new(),
            claim: None,
        };
        let texts = Texts::from([("a.rs".into(), text.to_owned())]);
        waiver.fits(&mutant, &texts)
    }

    #[test]
    fn a_waiver_expires_with_the_code_that_it_quotes() {
        let text = "fn f() {\n    one();\n\n    two();\n}\n";
        assert!(fits("one();\ntwo();", text, "two"));
        assert!(fits("    two()\n", text, "two"));
        assert!(!fits("one();", text, "two"));
        assert!(!fits("one(); two();", text, "two"));
        assert!(!fits("", text, "two"));
    }

    #[test]
    fn a_waiver_needs_an_argument() {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
        let read = |text: &str| {
            fs::write(root.join("w.toml"), text).expect("it can be written");
            read(root, "w.toml".into()).map_err(|problem| problem.to_string())
        };
        let text = "\n[[waiver]]\nmutants = ['a']\ncode = 'c'\nargument = 'so'\n";
        let refused = read(text).expect_err("it is refused");
        assert!(
            refused.contains("w.toml:2") && refused.contains("no argument"),
            "{refused}"
        );
        assert!(read("[[waiver]]\nmutant = 'a'").is_err());
        assert!(read("").is_ok_and(|waivers| waivers.is_empty()));
    }
}
