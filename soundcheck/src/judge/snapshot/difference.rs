//! In what two snapshots of a case differ, and what that means.
//!
//! Owns the line between *reason* and *wording*. Only the headlines of errors
//! are read back from the text; everything below them is wording.

use diffy::DiffOptions;
use diffy::Line;

/// What a difference means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// There was no snapshot before.
    New,
    /// The same errors on the same lines, in other words.
    Wording,
    /// Other errors, or errors on other lines: a question for the contract.
    Reason,
}

impl Change {
    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Wording => "wording",
            Change::Reason => "reason",
        }
    }
}

/// Compares the snapshot of a case with what rustc says now.
pub fn compare(old: Option<&str>, new: &str) -> Option<Change> {
    match old {
        None => Some(Change::New),
        Some(old) if old == new => None,
        Some(old) if headlines(old) == headlines(new) => Some(Change::Wording),
        Some(_) => Some(Change::Reason),
    }
}

/// The lines that differ, after a `-` or a `+`.
pub fn describe(old: &str, new: &str) -> String {
    let mut options = DiffOptions::new();
    options.set_context_len(0);
    let patch = options.create_patch(old, new);
    let lines = patch.hunks().iter().flat_map(|hunk| hunk.lines());
    let differs = lines.filter_map(|line| match line {
        Line::Delete(line) => Some(format!("- {}", line.trim_end())),
        Line::Insert(line) => Some(format!("+ {}", line.trim_end())),
        Line::Context(_) => None,
    });
    differs.collect::<Vec<_>>().join("\n")
}

/// The code and the lines of each error, sorted.
fn headlines(text: &str) -> Vec<(String, Vec<String>)> {
    let mut headlines: Vec<_> = text.lines().filter_map(headline).collect();
    headlines.sort();
    headlines
}

/// Reads `error[CODE] PLACE and PLACE: message`. Columns are wording.
fn headline(line: &str) -> Option<(String, Vec<String>)> {
    let (error, _) = line.split_once(": ").unwrap_or((line, ""));
    if !error.starts_with("error") {
        return None;
    }
    let (code, places) = error.split_once(' ').unwrap_or((error, ""));
    let places = places.split(" and ");
    let line_of = |place: &str| place.split(':').next().unwrap_or_default().to_owned();
    Some((code.to_owned(), places.map(line_of).collect()))
}
