//! The file of a subject, read on top of those that it extends.
//!
//! Owns the chain of files, and the words about a mistake in one of them: the
//! file, the line, and the key that was meant. Which keys there are is the
//! business of what is read.

use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::de::DeserializeOwned;
use toml::de::Error;
use toml::Table;
use toml::Value;

use crate::ground::problem::did_you_mean;
use crate::ground::problem::line_of;
use crate::ground::problem::Problem;

/// Where every key is explained.
const PAGE: &str = "docs/soundcheck-toml.md of soundcheck explains every key";

/// The key with the file that another one is read on top of.
const EXTENDS: &str = "extends";

/// Reads a file, below a root, on top of those that it extends: a key replaces
/// that of the file below.
///
/// # Errors
///
/// One of them cannot be read, or something in it is not understood.
pub fn read<T: DeserializeOwned>(root: &Utf8Path, path: &Utf8Path) -> Result<T, Problem> {
    let files = chain(root, path)?;
    let mut whole = Table::new();
    for file in files.iter().rev() {
        whole.extend(file.table.clone());
    }
    Value::Table(whole).try_into().map_err(|error: Error| {
        let mut mistakes = files.iter().filter_map(|file| file.mistake::<T>(&files));
        let first = mistakes.next();
        first.unwrap_or_else(|| Problem::new(words(&error), PAGE).in_file(path))
    })
}

/// A file of the chain.
struct File {
    path: Utf8PathBuf,
    text: String,
    table: Table,
}

/// The file at a path, and those below it, down to the last.
fn chain(root: &Utf8Path, path: &Utf8Path) -> Result<Vec<File>, Problem> {
    let mut file = File::read(root, path, |problem| problem.in_file(path))?;
    let mut files: Vec<File> = Vec::new();
    while let Some(base) = file.base() {
        let at = |problem: Problem| file.complain(problem, EXTENDS);
        let below = File::read(root, &base, at)?;
        let is_it = |known: &File| same(root, &known.path, &below.path);
        if is_it(&file) || files.iter().any(is_it) {
            let what = format!("`{base}` extends what extends it");
            let problem = Problem::new(what, "let one of them stand alone");
            return Err(file.complain(problem, EXTENDS));
        }
        files.push(std::mem::replace(&mut file, below));
    }
    files.push(file);
    Ok(files)
}

/// Whether two paths lead to the same file.
fn same(root: &Utf8Path, one: &Utf8Path, other: &Utf8Path) -> bool {
    let real = |path: &Utf8Path| root.join(path).canonicalize_utf8().ok();
    real(one) == real(other)
}

impl File {
    /// Reads a file. Who wants it places the complaint that it is not there.
    fn read(
        root: &Utf8Path,
        path: &Utf8Path,
        at: impl Fn(Problem) -> Problem,
    ) -> Result<Self, Problem> {
        let text = fs::read_to_string(root.join(path)).map_err(|error| {
            let what = format!("`{path}` cannot be read: {error}");
            at(Problem::new(what, "correct the path, or write the file"))
        })?;
        let table = text.parse().map_err(|error: Error| {
            let line = error.span().map_or(1, |span| line_of(&text, span.start));
            let problem = Problem::new(words(&error), "mend the syntax");
            problem.in_file(path).at_line(line)
        })?;
        Ok(Self {
            path: path.to_owned(),
            text,
            table,
        })
    }

    /// The path of the file below it.
    fn base(&self) -> Option<Utf8PathBuf> {
        let base = self.table.get(EXTENDS)?.as_str()?;
        let folder = self.path.parent().unwrap_or(Utf8Path::new(""));
        Some(folder.join(base))
    }

    /// What is not understood in this file. A key may be missing in one of
    /// several: another has it.
    fn mistake<T: DeserializeOwned>(&self, files: &[Self]) -> Option<Problem> {
        let error = toml::from_str::<T>(&self.text).err()?;
        let start = error.span().map_or(0, |span| span.start);
        let is_missing = error.message().starts_with("missing field");
        if files.len() > 1 && is_missing && start == 0 {
            return None;
        }
        let problem = Problem::new(words(&error), PAGE).in_file(&self.path);
        Some(problem.at_line(line_of(&self.text, start)))
    }

    /// A problem in this file, on the line with a text if there is one.
    fn complain(&self, problem: Problem, text: &str) -> Problem {
        let at = self.text.find(text).unwrap_or(0);
        let line = line_of(&self.text, at);
        problem.in_file(&self.path).at_line(line)
    }
}

/// What is said about a mistake, in one line.
fn words(error: &Error) -> String {
    let said = error.message().replace('\n', " ");
    let mut names = said.split('`').skip(1).step_by(2);
    let name = names.next().unwrap_or_default();
    let meant = did_you_mean(name, names.clone());
    if said.starts_with("unknown field") {
        let names: Vec<&str> = names.collect();
        match meant.as_str() {
            "" => format!("unknown key `{name}`, the keys are {}", names.join(", ")),
            meant => format!("unknown key `{name}`{meant}"),
        }
    } else if said.starts_with("unknown variant") {
        format!("{said}{meant}")
    } else {
        said.replace("missing field", "missing key")
    }
}
