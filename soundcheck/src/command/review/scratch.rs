//! The scratch tree: a copy of the parts of a kernel that are judged, to which
//! the patches are applied.
//!
//! Owns that the user's tree is only read. Every file is a copy of its own, and
//! the copy is gone when the review is over.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::process::Stdio;

use anyhow::bail;
use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use tempfile::TempDir;
use walkdir::WalkDir;

use super::git;
use super::series::Patch;
use super::series::Series;

/// What is judged, or what judging needs: folders, and the rules of the build.
pub const JUDGED: [&str; 6] = [
    "rust",
    "drivers/gpu/drm/nova",
    "drivers/gpu/drm/tyr",
    "drivers/gpu/nova-core",
    "samples/rust",
    "scripts/Makefile.build",
];

/// A scratch tree.
pub struct Scratch {
    root: Utf8PathBuf,
    _directory: TempDir,
}

/// Why a patch does not apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What git says.
    pub what: String,
    /// Whether the tree has the patch already.
    pub is_there: bool,
}

impl Scratch {
    /// An empty tree in a directory that is removed with it.
    ///
    /// # Errors
    ///
    /// Its path is not UTF-8, or it cannot be written to.
    pub fn new(directory: TempDir) -> anyhow::Result<Self> {
        let path = Utf8Path::from_path(directory.path()).context("a path is not UTF-8")?;
        // The real path: git compares it with the ceiling of its search.
        let root = path.canonicalize_utf8()?.join("source");
        fs::create_dir(&root)?;
        Ok(Self {
            root,
            _directory: directory,
        })
    }

    /// The root of the tree.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// Copies what a series needs from a source tree.
    ///
    /// # Errors
    ///
    /// A file cannot be read or written.
    pub fn copy(&self, source: &Utf8Path, series: &Series) -> anyhow::Result<()> {
        let wanted = wanted(series).into_iter().map(|path| source.join(path));
        wanted
            .filter(|path| path.exists())
            .try_for_each(|path| self.copy_all(source, &path))
    }

    /// Copies a file, or all files of a folder.
    fn copy_all(&self, source: &Utf8Path, path: &Utf8Path) -> anyhow::Result<()> {
        for entry in WalkDir::new(path) {
            let entry = entry?;
            let path = Utf8Path::from_path(entry.path()).context("a path is not UTF-8")?;
            if entry.file_type().is_file() {
                self.copy_file(path, path.strip_prefix(source)?)?;
            }
        }
        Ok(())
    }

    fn copy_file(&self, from: &Utf8Path, path: &Utf8Path) -> anyhow::Result<()> {
        let to = self.root.join(path);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        // What is read-only in the user's tree is edited here.
        let bytes = fs::read(from).with_context(|| format!("cannot read {from}"))?;
        fs::write(&to, bytes).with_context(|| format!("cannot write {to}"))
    }

    /// Takes what a series needs from a commit.
    ///
    /// # Errors
    ///
    /// git or tar fails.
    pub fn extract(&self, tree: &Utf8Path, commit: &str, series: &Series) -> anyhow::Result<()> {
        let mut wanted = wanted(series);
        wanted.retain(|path| has(tree, commit, path));
        let mut archive = git::git(tree);
        archive.args(["archive", "--format=tar", commit, "--"]);
        let mut archive = archive
            .args(&wanted)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot run git")?;
        let stream = archive.stdout.take().context("git archive has no output")?;
        let unpacked = Command::new("tar")
            .args(["-x", "-C", self.root.as_str()])
            .stdin(stream)
            .status()
            .context("cannot run tar")?;
        if !archive.wait()?.success() || !unpacked.success() {
            bail!("cannot take the files of {commit} from {tree}");
        }
        Ok(())
    }

    /// Applies a patch, whole or not at all.
    ///
    /// # Errors
    ///
    /// git cannot be run.
    pub fn apply(&self, patch: &Patch) -> anyhow::Result<Result<(), Refusal>> {
        let Err(what) = self.git(patch, &["apply"])? else {
            return Ok(Ok(()));
        };
        let is_there = self.git(patch, &["apply", "--check", "--reverse"])?.is_ok();
        Ok(Err(Refusal { what, is_there }))
    }

    /// Takes a patch back that was applied last.
    ///
    /// # Errors
    ///
    /// It was not.
    pub fn revert(&self, patch: &Patch) -> anyhow::Result<()> {
        let reverted = self.git(patch, &["apply", "--reverse"])?;
        reverted.map_err(|what| anyhow::anyhow!("cannot take a patch back: {what}"))
    }

    fn git(&self, patch: &Patch, arguments: &[&str]) -> anyhow::Result<Result<(), String>> {
        let mut command = git::outside(&self.root);
        command.args(arguments).arg("--whitespace=nowarn");
        let output = git::feed(command, &patch.text)?;
        Ok(match output.status.success() {
            true => Ok(()),
            false => Err(git::complaint(&output.stderr)),
        })
    }
}

/// What is judged, and what a series names.
fn wanted(series: &Series) -> BTreeSet<Utf8PathBuf> {
    let judged = JUDGED.iter().map(Utf8PathBuf::from);
    judged.chain(named(series)).collect()
}

/// The paths that a series names, as far as they lie in the tree.
fn named(series: &Series) -> BTreeSet<Utf8PathBuf> {
    let paths = series.patches.iter().flat_map(|patch| patch.diff.paths());
    let is_inside = |path: &&Utf8Path| {
        let mut parts = path.components();
        parts.all(|part| matches!(part, camino::Utf8Component::Normal(_)))
    };
    paths.filter(is_inside).map(Utf8Path::to_path_buf).collect()
}

fn has(tree: &Utf8Path, commit: &str, path: &Utf8Path) -> bool {
    let mut command = git::git(tree);
    command.args(["cat-file", "-e", &format!("{commit}:{path}")]);
    git::ask(command).is_ok_and(|answer| answer.is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCH: &str = "--- a/rust/f.rs\n+++ b/rust/f.rs\n@@ -1 +1 @@\n-one\n+two\n";

    struct Trees {
        source: TempDir,
        scratch: Scratch,
        series: Series,
    }

    impl Trees {
        fn new(patch: &str) -> Self {
            let source = tempfile::tempdir().expect("a directory can be made");
            fs::create_dir(source.path().join("rust")).expect("a folder can be made");
            fs::write(source.path().join("rust/f.rs"), "one\n").expect("a file can be written");
            let directory = tempfile::tempdir().expect("a directory can be made");
            // As below the target of a workspace, which is a repository.
            let init = Command::new("git")
                .arg("init")
                .arg(directory.path())
                .output();
            assert!(init.expect("git can be run").status.success());
            let series = Series::parse("x.patch", patch.as_bytes()).expect("it is a patch");
            let scratch = Scratch::new(directory).expect("it can be written to");
            let trees = Self {
                source,
                scratch,
                series,
            };
            let copied = trees.scratch.copy(trees.source(), &trees.series);
            copied.expect("the tree can be copied");
            trees
        }

        fn source(&self) -> &Utf8Path {
            Utf8Path::from_path(self.source.path()).expect("temporary paths are UTF-8")
        }

        fn read(&self) -> (String, String) {
            let read = |root: &Utf8Path| fs::read_to_string(root.join("rust/f.rs"));
            let both = (read(self.source()), read(self.scratch.root()));
            (both.0.expect("it is there"), both.1.expect("it is there"))
        }
    }

    #[test]
    fn a_patch_changes_the_copy_and_nothing_else() {
        let trees = Trees::new(PATCH);
        let patch = &trees.series.patches[0];
        assert_eq!(trees.scratch.apply(patch).expect("git runs"), Ok(()));
        assert_eq!(trees.read(), ("one\n".to_owned(), "two\n".to_owned()));
        trees.scratch.revert(patch).expect("it was applied");
        assert_eq!(trees.read(), ("one\n".to_owned(), "one\n".to_owned()));
    }

    #[test]
    fn a_patch_that_does_not_apply_says_where() {
        let trees = Trees::new(&PATCH.replace("-one", "-three"));
        let refusal = trees.scratch.apply(&trees.series.patches[0]);
        let refusal = refusal.expect("git runs").expect_err("it does not apply");
        assert_eq!(refusal.what, "patch failed: rust/f.rs:1");
        assert!(!refusal.is_there);
    }

    #[test]
    fn a_patch_that_is_there_already_is_known() {
        let trees = Trees::new(&PATCH.replace("-one", "-zero").replace("+two", "+one"));
        let refusal = trees.scratch.apply(&trees.series.patches[0]);
        let refusal = refusal.expect("git runs").expect_err("it does not apply");
        assert!(refusal.is_there);
    }

    #[test]
    fn a_patch_cannot_leave_the_tree() {
        let trees = Trees::new(&PATCH.replace("rust/f.rs", "../f.rs"));
        let beside = trees.scratch.root().with_file_name("f.rs");
        fs::write(beside, "one\n").expect("a file can be written");
        let refusal = trees.scratch.apply(&trees.series.patches[0]);
        let refusal = refusal.expect("git runs").expect_err("it does not apply");
        assert!(refusal.what.contains("invalid path"), "{}", refusal.what);
    }
}
