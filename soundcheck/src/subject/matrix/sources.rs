//! The files that a contract was read from, one after the other.
//!
//! Owns the way from a byte back to a file and a line. The bytes of a file are
//! counted on from those of the files before it, so that one number is enough.

use camino::Utf8Path;
use camino::Utf8PathBuf;

use super::check::Fault;
use crate::ground::problem::line_of;
use crate::ground::problem::Problem;

/// The files of a contract, those that it extends first.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<File>,
}

#[derive(Clone, Debug)]
struct File {
    path: Utf8PathBuf,
    text: String,
    start: usize,
}

impl Sources {
    /// Adds a file, and gives its text with empty lines in front, so that a
    /// parser counts its bytes from where they belong.
    pub fn add(&mut self, path: &Utf8Path, text: &str) -> String {
        let end = |file: &File| file.start + file.text.len() + 1;
        let start = self.files.last().map_or(0, end);
        self.files.push(File {
            path: path.to_owned(),
            text: text.to_owned(),
            start,
        });
        "\n".repeat(start) + text
    }

    /// The file of the contract itself, and not of one that it extends.
    pub fn own(&self) -> &Utf8Path {
        self.files
            .last()
            .map_or(Utf8Path::new(""), |file| &file.path)
    }

    /// Whether a byte is in the contract itself, and not in one that it extends.
    pub fn is_own(&self, at: usize) -> bool {
        self.files.last().is_none_or(|file| file.start <= at)
    }

    /// A mistake as a problem in its place.
    pub fn problem(&self, fault: &Fault) -> Problem {
        let problem = Problem::new(fault.what.clone(), fault.next);
        let files = self.files.iter().rev();
        match files.clone().find(|file| file.start <= fault.at) {
            Some(file) => {
                let line = line_of(&file.text, fault.at - file.start);
                problem.in_file(&file.path).at_line(line)
            }
            None => problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(sources: &Sources, at: usize) -> String {
        let what = String::new();
        let problem = sources.problem(&Fault { at, what, next: "" });
        format!(
            "{}:{}",
            problem.path.unwrap_or_default(),
            problem.line.unwrap_or(0)
        )
    }

    #[test]
    fn bytes_are_counted_on_from_file_to_file() {
        let mut sources = Sources::default();
        assert_eq!(sources.add("a".into(), "one\ntwo\n"), "one\ntwo\n");
        let second = sources.add("b".into(), "three\nfour\n");
        let four = second.find("four").expect("it is there");
        assert_eq!(place(&sources, 0), "a:1");
        assert_eq!(place(&sources, 5), "a:2");
        assert_eq!(place(&sources, four), "b:2");
        assert!(sources.is_own(four) && !sources.is_own(5));
    }
}
