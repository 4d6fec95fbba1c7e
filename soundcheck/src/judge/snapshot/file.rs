//! The file of a folder of cases: the snapshots of its cases, by name.
//!
//! Owns the syntax. An entry is a line `[name]` and the text below it, up to an
//! empty line.

use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::ground::problem::Problem;

/// The entries of a file by the names of their cases, with their lines.
pub type Entries = BTreeMap<String, Entry>;

/// The snapshot of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The text.
    pub text: String,
    /// The line of its name.
    pub line: usize,
}

/// Reads a file. Everything that is wrong with it is added to `problems`.
pub fn parse(path: &Utf8Path, text: &str, problems: &mut Vec<Problem>) -> Entries {
    let mut entries = Entries::new();
    let mut current: Option<String> = None;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let mut report = |what: String| {
            let next = "restore the file, or delete the entry and bless its case";
            problems.push(Problem::new(what, next).in_file(path).at_line(number));
        };
        if let Some(name) = name(line) {
            if entries.contains_key(name) {
                report(format!("the snapshot of `{name}` is there twice"));
            }
            let entry = Entry {
                text: String::new(),
                line: number,
            };
            entries.insert(name.to_owned(), entry);
            current = Some(name.to_owned());
        } else if line.is_empty() {
            current = None;
        } else if let Some(entry) = current.as_ref().and_then(|name| entries.get_mut(name)) {
            if !line.starts_with("error") && !line.starts_with("  ") {
                report("this line belongs to no error".to_owned());
            }
            entry.text.push_str(line);
            entry.text.push('\n');
        } else {
            report("this line belongs to no snapshot".to_owned());
        }
    }
    entries
}

/// Writes a file.
pub fn print(entries: &Entries) -> String {
    let entries = entries.iter();
    let texts: Vec<String> = entries
        .map(|(name, entry)| format!("[{name}]\n{}", entry.text))
        .collect();
    texts.join("\n")
}

fn name(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']')
}
