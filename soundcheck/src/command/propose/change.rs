//! Edits of files: what they were, what they become.
//!
//! Owns writing several files as one: all of them, or none.

use std::fs;
use std::io::Write as _;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use tempfile::NamedTempFile;

/// A file with a new text.
#[derive(Clone, Debug)]
pub struct Change {
    /// The path below the root.
    pub path: Utf8PathBuf,
    /// What it was.
    pub old: String,
    /// What it becomes.
    pub new: String,
}

impl Change {
    /// The change as a patch.
    pub fn diff(&self) -> String {
        let mut options = diffy::DiffOptions::new();
        options.set_original_filename(format!("a/{}", self.path));
        options.set_modified_filename(format!("b/{}", self.path));
        options.create_patch(&self.old, &self.new).to_string()
    }

    /// The change in numbers.
    pub fn summary(&self) -> String {
        let patch = diffy::create_patch(&self.old, &self.new);
        let lines = || patch.hunks().iter().flat_map(|hunk| hunk.lines());
        let added = lines().filter(|line| matches!(line, diffy::Line::Insert(_)));
        let removed = lines().filter(|line| matches!(line, diffy::Line::Delete(_)));
        let (added, removed) = (added.count(), removed.count());
        format!("{:<24} +{added} -{removed}", self.path)
    }
}

/// An edit of a text: some bytes become others.
#[derive(Clone, Debug)]
pub struct Edit {
    /// Which bytes.
    pub range: std::ops::Range<usize>,
    /// What they become.
    pub text: String,
}

impl Edit {
    /// Adds something at a byte.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self {
            range: at..at,
            text: text.into(),
        }
    }
}

/// Makes edits that do not overlap.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let mut edited = text.to_owned();
    for edit in edits.into_iter().rev() {
        edited.replace_range(edit.range, &edit.text);
    }
    edited
}

/// Writes all files or none. A reader of a file never sees half of it.
pub fn write(root: &Utf8Path, changes: &[Change]) -> anyhow::Result<()> {
    let mut ready = Vec::new();
    for change in changes {
        ready.push(prepare(&root.join(&change.path), &change.new)?);
    }
    for (index, (file, change)) in ready.into_iter().zip(changes).enumerate() {
        if let Err(error) = file.persist(root.join(&change.path)) {
            take_back(root, &changes[..index])?;
            return Err(error).with_context(|| format!("cannot write {}", change.path));
        }
    }
    Ok(())
}

/// A file beside the goal, with its permissions, that only waits to be renamed.
fn prepare(goal: &Utf8Path, text: &str) -> anyhow::Result<NamedTempFile> {
    let prepared = || -> std::io::Result<NamedTempFile> {
        let permissions = fs::metadata(goal)?.permissions();
        let folder = goal.parent().unwrap_or(Utf8Path::new("."));
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().set_permissions(permissions)?;
        Ok(file)
    };
    prepared().with_context(|| format!("cannot write {goal}"))
}

fn take_back(root: &Utf8Path, written: &[Change]) -> anyhow::Result<()> {
    for change in written {
        let goal = root.join(&change.path);
        prepare(&goal, &change.old)?
            .persist(&goal)
            .with_context(|| format!("cannot restore {goal}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str) -> Change {
        Change {
            path: path.into(),
            old: "one\ntwo\n".to_owned(),
            new: "one\n2\nthree\n".to_owned(),
        }
    }

    fn tree() -> (tempfile::TempDir, Utf8PathBuf) {
        let tree = tempfile::tempdir().expect("a temporary directory can be made");
        let root = Utf8PathBuf::try_from(tree.path().to_owned()).expect("its path is UTF-8");
        fs::write(root.join("a"), "one\ntwo\n").expect("a file can be written");
        (tree, root)
    }

    fn names(root: &Utf8Path) -> usize {
        root.read_dir_utf8().expect("the tree is readable").count()
    }

    #[test]
    fn a_change_is_counted_and_shown() {
        let summary = change("a").summary();
        assert_eq!(summary, format!("a{} +2 -1", " ".repeat(23)));
        let diff = change("a").diff();
        assert_eq!(
            diff,
            "--- a/a\n+++ b/a\n@@ -1,2 +1,3 @@\n one\n-two\n+2\n+three\n"
        );
    }

    #[test]
    fn edits_are_made_from_behind() {
        let edits = vec![
            Edit::insert(0, ">"),
            Edit {
                range: 2..3,
                text: "--".to_owned(),
            },
        ];
        assert_eq!(apply("abcd", edits), ">ab--d");
    }

    #[test]
    fn a_file_that_is_not_there_leaves_the_others_alone() {
        let (_tree, root) = tree();
        write(&root, &[change("a"), change("b")]).expect_err("there is no `b`");
        assert_eq!(
            fs::read_to_string(root.join("a")).ok().as_deref(),
            Some("one\ntwo\n")
        );
        assert_eq!(names(&root), 1, "something was left behind");
    }

    #[test]
    fn a_file_that_cannot_be_replaced_takes_the_others_back() {
        let (_tree, root) = tree();
        fs::create_dir(root.join("b")).expect("a folder can be made");
        write(&root, &[change("a"), change("b")]).expect_err("`b` is a folder");
        assert_eq!(
            fs::read_to_string(root.join("a")).ok().as_deref(),
            Some("one\ntwo\n")
        );
        assert_eq!(names(&root), 2, "something was left behind");
    }
}
