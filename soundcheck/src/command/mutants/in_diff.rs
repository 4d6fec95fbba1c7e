//! The lines that a patch changes.
//!
//! Owns the reading of a unified diff, as far as it says which lines of the
//! files after it are new, or stand where others were removed.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use crate::subject::mutation::Edit;
use crate::subject::mutation::Mutant;
use crate::subject::mutation::Texts;

/// Lines by file, counted from 1.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lines(BTreeMap<Utf8PathBuf, BTreeSet<usize>>);

impl Lines {
    /// Reads a patch, which may be a mail or several.
    pub fn read(patch: &str) -> Self {
        let mut lines = Self::default();
        let (mut file, mut next) = (None, 0);
        let mut left = (0, 0);
        for line in patch.lines() {
            let is_inside = left != (0, 0);
            match line.as_bytes().first() {
                _ if !is_inside => {
                    if let Some(path) = line.strip_prefix("+++ ") {
                        file = path_of(path);
                    } else if let Some((removed, start, added)) = hunk(line) {
                        (left, next) = ((removed, added), start);
                    }
                    continue;
                }
                Some(b'+') => {
                    lines.add(&file, next);
                    next += 1;
                    left.1 = left.1.saturating_sub(1);
                }
                Some(b'-') => {
                    lines.add(&file, next);
                    left.0 = left.0.saturating_sub(1);
                }
                Some(b'\\') => {}
                _ => {
                    next += 1;
                    left = (left.0.saturating_sub(1), left.1.saturating_sub(1));
                }
            }
        }
        lines
    }

    fn add(&mut self, file: &Option<Utf8PathBuf>, line: usize) {
        if let Some(file) = file {
            self.0.entry(file.clone()).or_default().insert(line);
        }
    }

    /// Whether a mutant edits one of the lines.
    pub fn touch(&self, mutant: &Mutant, texts: &Texts) -> bool {
        let touches = |edit: &Edit| {
            let (Some(lines), Some(text)) = (self.0.get(&edit.file), texts.get(&edit.file)) else {
                return false;
            };
            let line = |at: usize| text.get(..at).map_or(0, |it| it.matches('\n').count()) + 1;
            let (first, last) = (line(edit.range.start), line(edit.range.end));
            lines.range(first..=last).next().is_some()
        };
        mutant.edits.iter().any(touches)
    }
}

/// The path behind `+++`, without the folder that git puts before it.
fn path_of(text: &str) -> Option<Utf8PathBuf> {
    let path = text.split('\t').next()?.trim();
    let path = path.strip_prefix("b/").unwrap_or(path);
    (path != "/dev/null").then(|| path.into())
}

/// Of a line such as `@@ -1,2 +3,4 @@`: 2, 3 and 4.
fn hunk(line: &str) -> Option<(usize, usize, usize)> {
    let rest = line.strip_prefix("@@ -")?;
    let (removed, rest) = rest.split_once(" +")?;
    let (added, _) = rest.split_once(" @@")?;
    let numbers = |text: &str| match text.split_once(',') {
        Some((start, count)) => Some((start.parse().ok()?, count.parse().ok()?)),
        None => Some((text.parse().ok()?, 1)),
    };
    let (_, removed): (usize, usize) = numbers(removed)?;
    let (start, added) = numbers(added)?;
    Some((removed, start, added))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_lines_count_and_places_of_removed_ones() {
        let patch =
            "Subject: x\n--- a/f.rs\n+++ b/f.rs\n@@ -3,3 +3,3 @@ fn f()\n a\n-b\n+++ c\n d\n\
                     @@ -9 +8,0 @@\n-e\n--- a/g.rs\n+++ b/g.rs\n@@ -0,0 +1,2 @@\n+x\n+y\n";
        let lines = Lines::read(patch);
        let of = |file: &str| lines.0.get(&Utf8PathBuf::from(file)).cloned();
        assert_eq!(of("f.rs"), Some(BTreeSet::from([4, 8])));
        assert_eq!(of("g.rs"), Some(BTreeSet::from([1, 2])));
    }
}
