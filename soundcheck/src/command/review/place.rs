//! Places in a patch: a changed line, where the input has it and where the file
//! has it afterwards.
//!
//! Owns how a place is written down, and which change of a file is nearest to a
//! line of it.

use camino::Utf8Path;
use camino::Utf8PathBuf;

use super::diff::Change;
use super::diff::File;
use super::series::Patch;
use super::series::Series;

/// A changed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line of the input.
    pub input: usize,
    /// The file after the patch, or before if it is gone.
    pub file: Utf8PathBuf,
    /// The line after the patch.
    pub line: usize,
    /// The changed line as the diff has it.
    pub quote: String,
}

impl Place {
    /// The place of a change.
    pub fn of(file: &File, change: &Change) -> Self {
        let mark = if change.is_added { '+' } else { '-' };
        Self {
            input: change.input,
            file: file.path().to_owned(),
            line: change.line,
            quote: format!("{mark}{}", change.text),
        }
    }

    /// Where it is, for people: in the patch, and in the tree.
    pub fn describe(&self, series: &Series, patch: &Patch) -> [String; 2] {
        // The lines of what git made for this review are nobody's.
        let in_patch = match &patch.commit {
            Some(commit) if series.is_range => format!("commit {commit}"),
            _ => format!("{}:{}", series.name, self.input),
        };
        [in_patch, format!("{}:{}", self.file, self.line)]
    }
}

/// The change of a file that is nearest to a line after the patch, among those
/// that are wanted.
pub fn nearest(
    patch: &Patch,
    file: &Utf8Path,
    line: usize,
    wanted: impl Fn(&Change) -> bool,
) -> Option<Place> {
    let changes = patch.diff.changes();
    changes
        .filter(|(known, _, change)| known.path() == file && wanted(change))
        .min_by_key(|(_, _, change)| change.line.abs_diff(line))
        .map(|(known, _, change)| Place::of(known, change))
}
