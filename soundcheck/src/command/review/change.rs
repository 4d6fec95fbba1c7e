//! What a patch changes, as git finds it once the patch is applied: hunks, and
//! in them lines that are added or removed.
//!
//! Owns where a line is: in the file, and in the input of the review.

use std::ops::RangeInclusive;

use camino::Utf8PathBuf;
use diffy::patch_set::ParseOptions;
use diffy::patch_set::PatchSet;
use diffy::Line;

use super::mail::Mail;
use crate::subject::surface::Span;

/// Lines of a file that are changed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The file after the patch, or before if it is gone.
    pub file: Utf8PathBuf,
    /// The lines after the patch, with those around that stay.
    pub lines: RangeInclusive<usize>,
    /// The lines that are added or removed.
    pub changes: Vec<Change>,
}

/// A line that is added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file after the patch, or before if it is gone.
    pub file: Utf8PathBuf,
    /// Whether it is added.
    pub is_added: bool,
    /// The line as the diff has it.
    pub quote: String,
    /// The line of the file before the patch.
    pub old: usize,
    /// The line of the file after the patch: for a removed one, that which
    /// stands in its place.
    pub new: usize,
    /// The line of the input.
    pub input: usize,
}

/// The hunks of what `git diff` says, for the patch of a mail.
pub fn hunks(diff: &str, mail: &Mail) -> Vec<Hunk> {
    let patch = String::from_utf8_lossy(&mail.patch);
    let patch: Vec<&str> = patch.lines().collect();
    let mut hunks = Vec::new();
    // What is no text is not told line by line.
    let files = PatchSet::parse(diff, ParseOptions::gitdiff()).flatten();
    for file in files {
        let Some(text) = file.patch().as_text() else {
            continue;
        };
        let (old, new) = (text.original(), text.modified());
        let after = new.and_then(|path| path.strip_prefix("b/"));
        let path = after.or(old.and_then(|path| path.strip_prefix("a/")));
        let path = Utf8PathBuf::from(path.unwrap_or_default());
        // Where the mail begins with the file; its lines come in the same order.
        let names = [format!("--- a/{path}"), format!("+++ b/{path}")];
        let is_name = |line: &str| {
            names
                .iter()
                .any(|name| line.split('\t').next() == Some(name))
        };
        let mut at = patch.iter().position(|line| is_name(line)).unwrap_or(0);
        for known in text.hunks() {
            let mut hunk = hunk(known, &path);
            for change in &mut hunk.changes {
                let found = patch[at..].iter().position(|line| *line == change.quote);
                at += found.map_or(0, |found| found + 1);
                change.input = mail.origin(at);
            }
            hunks.push(hunk);
        }
    }
    hunks
}

fn hunk(known: &diffy::Hunk<'_, str>, file: &Utf8PathBuf) -> Hunk {
    let (mut old, mut new) = (known.old_range().start(), known.new_range().start());
    let lines = new..=(new + known.new_range().len()).saturating_sub(1);
    let mut changes = Vec::new();
    for line in known.lines() {
        let (is_added, mark, text) = match line {
            Line::Context(_) => {
                (old, new) = (old + 1, new + 1);
                continue;
            }
            Line::Delete(text) => (false, '-', text),
            Line::Insert(text) => (true, '+', text),
        };
        changes.push(Change {
            file: file.clone(),
            is_added,
            quote: format!("{mark}{}", text.trim_end_matches('\n')),
            old,
            new,
            input: 0,
        });
        old += usize::from(!is_added);
        new += usize::from(is_added);
    }
    let file = file.clone();
    Hunk {
        file,
        lines,
        changes,
    }
}

impl Hunk {
    /// The changed line that is nearest to a line of the file after the patch.
    pub fn nearest(&self, line: usize) -> Option<&Change> {
        let changes = self.changes.iter();
        changes.min_by_key(|change| (change.new.abs_diff(line), !change.is_added))
    }
}

impl Change {
    /// Whether it lies in some lines of the file on its side of the patch.
    pub fn is_in(&self, span: &Span) -> bool {
        let line = if self.is_added { self.new } else { self.old };
        self.file == span.file && span.lines.contains(&line)
    }

    /// Whether it was taken out of what is some lines of the file now.
    pub fn is_gone_from(&self, span: &Span) -> bool {
        !self.is_added && self.file == span.file && span.lines.contains(&self.new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCH: &str =
        "Subject: [PATCH] x\n\nSays why.\n---\n--- a/f\n+++ b/f\n@@ -1,3 +1,3 @@\n \
        one\n-two\n+2\n three\n--- a/rust/g\n+++ b/rust/g\n@@ -1 +1 @@\n-two\n+2\n";

    /// What git says where the first file has four lines more.
    const DIFF: &str = "diff --git a/f b/f\nindex 1..2 100644\n--- a/f\n+++ b/f\n@@ -5,3 +5,3 @@ fn f\n \
        one\n-two\n+2\n three\ndiff --git a/rust/g b/rust/g\nindex 1..2 100644\n--- a/rust/g\n+++ b/rust/g\n\
        @@ -1 +1 @@\n-two\n+2\n";

    #[test]
    fn a_change_is_where_git_applied_it_and_where_the_mail_has_it() {
        let mails = super::super::mail::mails(PATCH.as_bytes()).expect("git takes it apart");
        let hunks = hunks(DIFF, &mails[0]);
        let changes = hunks.iter().flat_map(|hunk| &hunk.changes);
        let found: Vec<_> = changes
            .map(|change| (change.quote.as_str(), change.old, change.new, change.input))
            .collect();
        let expected = [
            ("-two", 6, 6, 9),
            ("+2", 7, 6, 10),
            ("-two", 1, 1, 15),
            ("+2", 2, 1, 16),
        ];
        assert_eq!(found, expected);
        assert_eq!((hunks[0].file.as_str(), &hunks[0].lines), ("f", &(5..=7)));
        let nearest = hunks[0].nearest(6).map(|change| change.quote.as_str());
        assert_eq!(nearest, Some("+2"));
    }
}
