//! The scratch tree: a repository of its own with the parts of a kernel that
//! are judged, and a commit for each patch.
//!
//! Owns that the user's tree is only read. Every file is a copy of its own, and
//! the copy is gone when the review is over.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use camino::Utf8Component;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use tempfile::TempDir;

use super::change;
use super::error::Error;
use super::git;
use super::patch::Patch;
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

/// How much of a line is shown.
const SHOWN: usize = 60;

/// A scratch tree.
pub struct Scratch {
    root: Utf8PathBuf,
    _directory: TempDir,
}

/// Why a patch does not apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What git says, and what stands there.
    pub what: String,
    /// Whether the tree has the patch already.
    pub is_there: bool,
}

impl Scratch {
    /// An empty repository in a directory that is removed with it.
    ///
    /// # Errors
    ///
    /// Its path is not UTF-8, or it cannot be written to.
    pub fn new(directory: TempDir) -> Result<Self, Error> {
        let path = Utf8Path::from_path(directory.path());
        let path = path.ok_or_else(|| anyhow::anyhow!("a path is not UTF-8"))?;
        // The real path: git compares it with the ceiling of its search.
        let path = path.canonicalize_utf8().map_err(Error::file(path))?;
        let root = path.join("source");
        fs::create_dir(&root).map_err(Error::file(&root))?;
        let scratch = Self {
            root,
            _directory: directory,
        };
        scratch.must(&["init", "--quiet", "--template="], b"")?;
        // Nothing is kept, so nothing has to be small.
        for setting in ["core.looseCompression", "gc.auto"] {
            scratch.must(&["config", setting, "0"], b"")?;
        }
        Ok(scratch)
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
    pub fn copy(&self, source: &Utf8Path, series: &Series) -> Result<(), Error> {
        let wanted = wanted(series).into_iter();
        let there = wanted.filter(|path| source.join(path).exists());
        let there: String = there.map(|path| format!("{path}\0")).collect();
        let repository = format!("--git-dir={}/.git", self.root);
        let whose = [repository.as_str(), "--work-tree=.", "--literal-pathspecs"];
        let add = [
            "add",
            "--force",
            "--pathspec-from-file=-",
            "--pathspec-file-nul",
        ];
        let arguments = [whose.as_slice(), &add].concat();
        git::must(git::own(source), &arguments, there.as_bytes())?;
        self.commit(0)?;
        self.go_to(0)
    }

    /// Lets git find what is in the repository of a tree, without a copy.
    ///
    /// # Errors
    ///
    /// git fails.
    pub fn link(&self, tree: &Utf8Path) -> Result<(), Error> {
        let path = [
            "rev-parse",
            "--path-format=absolute",
            "--git-path",
            "objects",
        ];
        let objects = git::must(git::git(tree), &path, b"")?;
        let alternates = self.root.join(".git/objects/info/alternates");
        fs::create_dir_all(self.root.join(".git/objects/info"))
            .map_err(Error::file(&alternates))?;
        fs::write(&alternates, objects).map_err(Error::file(&alternates))
    }

    /// The commits of a range as mails. The user's configuration has no say.
    ///
    /// # Errors
    ///
    /// git fails.
    pub fn mails(&self, from: &str, to: &str) -> Result<Vec<u8>, Error> {
        let range = format!("{from}..{to}");
        self.must(&["format-patch", "--stdout", "--no-renames", &range], b"")
    }

    /// Takes what a series needs from a commit that is linked.
    ///
    /// # Errors
    ///
    /// git fails.
    pub fn check_out(&self, commit: &str, series: &Series) -> Result<(), Error> {
        let wanted = wanted(series).into_iter();
        let wanted: String = wanted.map(|path| format!("/{path}\n")).collect();
        let sparse = ["sparse-checkout", "set", "--no-cone", "--stdin"];
        self.must(&sparse, wanted.as_bytes())?;
        self.must(&["checkout", "--quiet", "--detach", commit], b"")?;
        self.commit(0)
    }

    /// Applies a patch, whole or not at all, and finds out what it changes.
    ///
    /// # Errors
    ///
    /// git cannot be run.
    pub fn apply(&self, patch: &mut Patch) -> Result<Result<(), Refusal>, Error> {
        let arguments = ["apply", "--index", "--whitespace=nowarn", "--verbose"];
        if let Err(said) = self.ask(patch, &arguments)? {
            let back = ["apply", "--check", "--reverse"];
            return Ok(Err(Refusal {
                what: format!("{}{}", git::complaint(&said), self.stands(&said)),
                is_there: self.ask(patch, &back)?.is_ok(),
            }));
        }
        self.commit(patch.number)?;
        let diff = self.must(&["diff", "--no-renames", "HEAD~", "HEAD"], b"")?;
        patch.hunks = change::hunks(&String::from_utf8_lossy(&diff), &patch.mail);
        Ok(Ok(()))
    }

    /// Brings the tree to what it is after a patch; 0 is before the series.
    ///
    /// # Errors
    ///
    /// That patch was not applied.
    pub fn go_to(&self, number: usize) -> Result<(), Error> {
        self.must(&["checkout", "--quiet", "--force", &name(number)], b"")?;
        Ok(())
    }

    fn commit(&self, number: usize) -> Result<(), Error> {
        let name = name(number);
        self.must(
            &["commit", "--quiet", "--allow-empty", "--message", &name],
            b"",
        )?;
        self.must(&["tag", &name], b"")?;
        Ok(())
    }

    /// The first line that stands where a hunk should go, and is not what the
    /// patch has there.
    fn stands(&self, said: &str) -> String {
        let difference = || {
            let (_, said) = said.split_once("error: while searching for:\n")?;
            let (wanted, said) = said.split_once("\nerror: patch failed: ")?;
            let (file, line) = said.lines().next()?.rsplit_once(':')?;
            let text = self.must(&["show", &format!("HEAD:{file}")], b"").ok()?;
            let text = String::from_utf8_lossy(&text);
            let first: usize = line.parse().ok()?;
            let there = text.lines().skip(first.saturating_sub(1)).map(Some);
            let wanted = wanted.lines().zip(there.chain([None]));
            let mut pairs = wanted.zip(first..);
            let ((wanted, there), line) =
                pairs.find(|((wanted, there), _)| *there != Some(wanted))?;
            let wanted = short(wanted);
            Some(match there.map(short) {
                None => format!(": the file ends before line {line}, `{wanted}`"),
                Some(there) if there == wanted => {
                    format!(": line {line}, `{there}`, has other spaces in the patch")
                }
                Some(there) => format!(": on line {line} stands `{there}`, and not `{wanted}`"),
            })
        };
        difference().unwrap_or_default()
    }

    fn ask(&self, patch: &Patch, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, Error> {
        let mut command = self.git();
        command.args(arguments);
        git::ask(command, &patch.mail.patch)
    }

    fn must(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, Error> {
        git::must(self.git(), arguments, input)
    }

    fn git(&self) -> Command {
        let mut git = git::own(&self.root);
        git.args(["-c", "core.quotePath=false"]);
        git
    }
}

/// The name of the commit after a patch.
fn name(number: usize) -> String {
    format!("patch-{number}")
}

/// A line without its indentation, as far as it fits into a message.
fn short(line: &str) -> String {
    let line = line.trim();
    let mut short: String = line.chars().take(SHOWN).collect();
    if short.len() < line.len() {
        short.push_str(" ...");
    }
    short
}

/// What is judged, and what a series names inside of the tree.
fn wanted(series: &Series) -> BTreeSet<Utf8PathBuf> {
    let judged = JUDGED.iter().map(Utf8PathBuf::from);
    let named = series.patches.iter().flat_map(Patch::paths);
    let is_inside = |path: &Utf8PathBuf| {
        let mut parts = path.components();
        parts.all(|part| matches!(part, Utf8Component::Normal(_)))
    };
    judged.chain(named.filter(is_inside)).collect()
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

        fn apply(&mut self) -> Result<(), Refusal> {
            let applied = self.scratch.apply(&mut self.series.patches[0]);
            applied.expect("git runs")
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
        let mut trees = Trees::new(PATCH);
        assert_eq!(trees.apply(), Ok(()));
        assert_eq!(trees.read(), ("one\n".to_owned(), "two\n".to_owned()));
        trees.scratch.go_to(0).expect("that was before");
        assert_eq!(trees.read(), ("one\n".to_owned(), "one\n".to_owned()));
    }

    #[test]
    fn a_patch_that_does_not_apply_says_where() {
        let mut trees = Trees::new(&PATCH.replace("-one", "-three"));
        let refusal = trees.apply().expect_err("it does not apply");
        assert_eq!(
            refusal.what,
            "patch failed: rust/f.rs:1: on line 1 stands `one`, and not `three`"
        );
        assert!(!refusal.is_there);
        for (wanted, what) in [
            ("- one ", ": line 1, `one`, has other spaces in the patch"),
            ("-one\n-more", ": the file ends before line 2, `more`"),
        ] {
            let patch = PATCH.replace("-one", wanted);
            let count = if wanted.contains("more") {
                "-1,2"
            } else {
                "-1"
            };
            let refusal = Trees::new(&patch.replace("@@ -1", &format!("@@ {count}"))).apply();
            let refusal = refusal.expect_err("it does not apply");
            assert!(refusal.what.ends_with(what), "{}", refusal.what);
        }
    }

    #[test]
    fn a_patch_that_is_there_already_is_known() {
        let mut trees = Trees::new(&PATCH.replace("-one", "-zero").replace("+two", "+one"));
        let refusal = trees.apply().expect_err("it does not apply");
        assert!(refusal.is_there);
    }

    #[test]
    fn a_patch_cannot_leave_the_tree() {
        for path in ["../f.rs", ".git/hooks/f.rs", "rust/../../f.rs"] {
            let patch = format!("--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+one\n");
            let mut trees = Trees::new(&patch);
            let refusal = trees.apply().expect_err("it does not apply");
            assert!(refusal.what.contains("invalid path"), "{}", refusal.what);
        }
    }

    #[test]
    fn a_patch_cannot_write_or_be_read_through_a_link() {
        let link =
            "diff --git a/rust/l b/rust/l\nnew file mode 120000\n--- /dev/null\n+++ b/rust/l\n\
            @@ -0,0 +1 @@\n+/etc/hostname\n\\ No newline at end of file\n";
        let mut trees = Trees::new(link);
        assert_eq!(trees.apply(), Ok(()));
        for edit in [
            "--- a/rust/l\n+++ b/rust/l\n@@ -1 +1 @@\n-x\n+y\n",
            "--- /dev/null\n+++ b/rust/l/x\n@@ -0,0 +1 @@\n+one\n",
        ] {
            let series = Series::parse("y.patch", edit.as_bytes()).expect("it is a patch");
            trees.series = series;
            let refusal = trees.apply().expect_err("it does not apply");
            let host = fs::read_to_string("/etc/hostname").unwrap_or_default();
            let is_told = !host.trim().is_empty() && refusal.what.contains(host.trim());
            assert!(!is_told, "{}", refusal.what);
        }
    }
}
