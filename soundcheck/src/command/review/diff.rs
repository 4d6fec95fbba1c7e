//! The diff of a patch: its files, hunks and changed lines, each with its place
//! in the input and in the file.
//!
//! Owns where a change is, and whether the diff is whole. Parsing is `diffy`'s,
//! applying is git's.

use camino::Utf8Path;
use camino::Utf8PathBuf;
use diffy::patch_set::FileOperation;
use diffy::patch_set::ParseOptions;
use diffy::patch_set::PatchSet;
use diffy::Line;

use super::mail::Text;

/// The changes of a patch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The files.
    pub files: Vec<File>,
}

/// A file that is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path before, if it is not new.
    pub old: Option<Utf8PathBuf>,
    /// Its path after, if it is not removed.
    pub new: Option<Utf8PathBuf>,
    /// The hunks.
    pub hunks: Vec<Hunk>,
}

/// Lines that are changed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// What the header says is around them, and the lines that stay.
    pub around: String,
    /// The lines that are added or removed.
    pub changes: Vec<Change>,
}

/// A line that is added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whether it is added.
    pub is_added: bool,
    /// The text without its mark.
    pub text: String,
    /// The line of the input.
    pub input: usize,
    /// The line of the file after the patch: for a removed one, that which
    /// stands in its place.
    pub line: usize,
}

impl Diff {
    /// Reads the diff in a text.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and the line of the input.
    pub fn parse(text: &Text) -> Result<Self, (String, usize)> {
        let is_git = text
            .text
            .lines()
            .any(|line| line.starts_with("diff --git "));
        let options = match is_git {
            true => ParseOptions::gitdiff(),
            false => ParseOptions::unidiff(),
        };
        let mut files = Vec::new();
        for patch in PatchSet::parse(&text.text, options) {
            let patch = patch.map_err(|_| broken(text))?;
            let (old, new) = paths(&patch.operation().strip_prefix(1));
            let hunks = patch.patch().as_text().map(diffy::Patch::hunks);
            let hunks = hunks.unwrap_or_default().iter();
            let hunks = hunks.map(|known| hunk(known, text)).collect();
            files.push(File { old, new, hunks });
        }
        let diff = Self { files };
        diff.compare_with_stat(text)?;
        Ok(diff)
    }

    /// Every path that is named, before or after.
    pub fn paths(&self) -> impl Iterator<Item = &Utf8Path> {
        let paths = self.files.iter().flat_map(|file| [&file.old, &file.new]);
        paths.flatten().map(Utf8PathBuf::as_path)
    }

    /// Every changed line with its file and its hunk.
    pub fn changes(&self) -> impl Iterator<Item = (&File, &Hunk, &Change)> {
        self.files.iter().flat_map(|file| {
            let hunks = file.hunks.iter();
            hunks.flat_map(move |hunk| hunk.changes.iter().map(move |line| (file, hunk, line)))
        })
    }

    /// A diff that was cut off between two hunks is well formed. The statistics
    /// before it still count what is gone.
    fn compare_with_stat(&self, text: &Text) -> Result<(), (String, usize)> {
        let Some((files, lines)) = text.text.lines().find_map(stat) else {
            return Ok(());
        };
        let (has_files, has_lines) = (self.files.len(), self.changes().count());
        if has_files >= files && has_lines >= lines {
            return Ok(());
        }
        let what = format!(
            "is cut off: its diffstat counts {files} files and {lines} changed lines, \
             and here are {has_files} and {has_lines}"
        );
        Err((what, text.line(text.text.lines().count())))
    }
}

impl File {
    /// The path after the patch, or else before.
    pub fn path(&self) -> &Utf8Path {
        let path = self.new.as_deref().or(self.old.as_deref());
        path.unwrap_or(Utf8Path::new(""))
    }
}

fn paths(operation: &FileOperation<'_, str>) -> (Option<Utf8PathBuf>, Option<Utf8PathBuf>) {
    let path = |path: &str| Some(Utf8PathBuf::from(path));
    match operation {
        FileOperation::Delete(old) => (path(old), None),
        FileOperation::Create(new) => (None, path(new)),
        FileOperation::Modify { original, modified } => (path(original), path(modified)),
        FileOperation::Rename { from, to } | FileOperation::Copy { from, to } => {
            (path(from), path(to))
        }
    }
}

fn hunk(known: &diffy::Hunk<'_, str>, text: &Text) -> Hunk {
    let around = known.function_context().unwrap_or_default();
    let mut around = around.trim_end().to_owned();
    let mut changes = Vec::new();
    let mut line = known.new_range().start();
    for part in known.lines() {
        let mut change = |is_added: bool, part: &str| {
            changes.push(Change {
                is_added,
                text: part.trim_end_matches('\n').to_owned(),
                input: text.line(line_of(&text.text, part)),
                line,
            });
        };
        match part {
            Line::Context(part) => {
                around.push('\n');
                around.push_str(part.trim_end_matches('\n'));
            }
            Line::Delete(part) => change(false, part),
            Line::Insert(part) => change(true, part),
        }
        line += usize::from(!matches!(part, Line::Delete(_)));
    }
    Hunk { around, changes }
}

/// The line that a part of a text is on: `diffy` gives slices of its input.
fn line_of(text: &str, part: &str) -> usize {
    let at = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.as_bytes().get(..at).unwrap_or_default();
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

/// The files and the changed lines that a summary of statistics counts.
fn stat(line: &str) -> Option<(usize, usize)> {
    let mut parts = line.strip_prefix(' ')?.split(", ");
    let count = |part: &str| part.split(' ').next()?.parse::<usize>().ok();
    let first = parts.next()?;
    let is_summary = first.ends_with(" file changed") || first.ends_with(" files changed");
    let files = is_summary.then(|| count(first)).flatten()?;
    Some((files, parts.filter_map(count).sum()))
}

/// What is wrong with a diff that cannot be parsed: nearly always a hunk that
/// is not as long as its header says.
fn broken(text: &Text) -> (String, usize) {
    let lines: Vec<&str> = text.text.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        let Some((old, new)) = lengths(line) else {
            continue;
        };
        let missing = missing(&lines[index + 1..], old, new);
        if missing > 0 {
            let what = format!("is cut off: this hunk lacks {missing} of its lines");
            return (what, text.line(index + 1));
        }
    }
    ("has a diff that cannot be read".to_owned(), text.line(1))
}

/// The lengths in the header of a hunk.
fn lengths(line: &str) -> Option<(usize, usize)> {
    let (ranges, _) = line.strip_prefix("@@ -")?.split_once(" @@")?;
    let (old, new) = ranges.split_once(" +")?;
    let length = |range: &str| match range.split_once(',') {
        Some((_, length)) => length.parse().ok(),
        None => Some(1),
    };
    Some((length(old)?, length(new)?))
}

fn missing(lines: &[&str], mut old: usize, mut new: usize) -> usize {
    for line in lines {
        let (is_old, is_new) = match line.as_bytes().first() {
            _ if old == 0 && new == 0 => break,
            Some(b' ') | None => (true, true),
            Some(b'-') => (true, false),
            Some(b'+') => (false, true),
            Some(b'\\') => (false, false),
            Some(_) => break,
        };
        old = old.saturating_sub(usize::from(is_old));
        new = new.saturating_sub(usize::from(is_new));
    }
    old.max(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCH: &str =
        "Says why.\n---\n f | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n\
        diff --git a/rust/f.rs b/rust/f.rs\nindex 1..2 100644\n--- a/rust/f.rs\n+++ b/rust/f.rs\n\
        @@ -4,3 +4,3 @@ impl X {\n one\n-two\n+2\n three\n-- \n2.47\n";

    fn parse(text: &str) -> Result<Diff, (String, usize)> {
        Diff::parse(&Text::plain(text, 11))
    }

    #[test]
    fn a_change_knows_its_lines() {
        let diff = parse(PATCH).expect("the diff is whole");
        assert_eq!(diff.paths().next(), Some(Utf8Path::new("rust/f.rs")));
        let changes: Vec<_> = diff.changes().map(|(_, _, change)| change).collect();
        let [two, new] = changes.as_slice() else {
            panic!("there are two changes: {changes:?}");
        };
        assert!(!two.is_added && new.is_added);
        assert_eq!((two.input, two.line), (22, 5));
        assert_eq!((new.input, new.line, new.text.as_str()), (23, 5, "2"));
        assert_eq!(diff.files[0].hunks[0].around, "impl X {\none\nthree");
    }

    #[test]
    fn a_diff_without_git_is_read_too() {
        let bare = &PATCH[PATCH.find("--- a/").expect("it has a header")..];
        let diff = parse(bare).expect("the diff is whole");
        assert_eq!(diff.changes().count(), 2);
        assert_eq!(diff.files[0].path(), "rust/f.rs");
    }

    #[test]
    fn a_hunk_that_is_too_short_is_cut_off() {
        let end = PATCH.find(" three").expect("it has a last line");
        let (what, line) = parse(&PATCH[..end]).expect_err("the hunk is too short");
        assert_eq!(what, "is cut off: this hunk lacks 1 of its lines");
        assert_eq!(line, 20);
    }

    #[test]
    fn a_hunk_that_is_missing_is_still_counted_by_the_statistics() {
        let text = PATCH.replace("1 file changed, 1 ", "2 files changed, 4 ");
        let (what, _) = parse(&text).expect_err("a file is missing");
        assert!(
            what.contains("counts 2 files and 5 changed lines"),
            "{what}"
        );
        assert!(what.contains("here are 1 and 2"), "{what}");
    }

    #[test]
    fn new_and_removed_files_have_one_path() {
        let text = "diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+x\n\
            diff --git a/o b/o\ndeleted file mode 100644\n--- a/o\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n";
        let diff = parse(text).expect("the diff is whole");
        let [new, old] = diff.files.as_slice() else {
            panic!("there are two files");
        };
        assert_eq!((new.old.as_deref(), new.path()), (None, "n".into()));
        assert_eq!((old.new.as_deref(), old.path()), (None, "o".into()));
        assert_eq!(new.hunks[0].changes[0].line, 1);
    }
}
