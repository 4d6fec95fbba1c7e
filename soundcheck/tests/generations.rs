//! Kernel trees of other generations, made from one of Linux 7.2 by the edits in `kernel/`: each is
//! recognised by what it declares, and judged by its own contract.
//!
//! They need a prepared tree: `SOUNDCHECK_KERNELS` names the folder that has `linux-7.2/build`.
//! Without it every test says that it is skipped, and passes.

mod copy;

use std::fs;
use std::process::{Command, Output};

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use serde_json::Value;

use copy::copy_tree;

const V1: &str = "devicectx-v1";

/// What goes on where only names were edited.
const ALLOCATION: &str = "Layout::new::<Self>()";

#[test]
fn the_first_posting_is_judged_by_its_own_contract() {
    let Some(tree) = Tree::of("devicectx-v1", |_| true) else {
        return;
    };
    let run = tree.judge();
    assert_eq!(run.summary()["target"], V1);
    assert!(run.counts("verdict", "passed") > 500, "{run:#?}");
    assert!(run.counts("twins", "passed") > 500, "{run:#?}");
    assert_eq!(run.status, Some(0), "{run:#?}");
}

#[test]
fn the_defect_of_the_first_posting_is_a_known_hole() {
    let Some(tree) = Tree::of("devicectx-v1", |_| true) else {
        return;
    };
    let run = tree.judge();
    assert_eq!(run.counts("run", "passed"), 0, "{run:#?}");
    assert!(run.counts("run", "waived") > 0, "{run:#?}");
    assert_eq!(run.counts("holes", "waived"), 1, "{run:#?}");
    assert!(run
        .stdout
        .contains("Making a device allocates as much as its handle needs"));
}

#[test]
fn the_defect_mended_is_a_hole_that_has_closed() {
    let Some(tree) = Tree::of("devicectx-v1", |edit| edit.replace != ALLOCATION) else {
        return;
    };
    let run = tree.judge();
    assert_eq!(run.status, Some(1), "{run:#?}");
    assert_eq!(run.counts("holes", "failed"), 1, "{run:#?}");
    assert!(run.counts("run", "failed") > 0, "{run:#?}");
    assert!(run.stdout.contains("it has closed"), "{run:#?}");
}

#[test]
fn one_more_context_is_a_difference_to_the_nearest_generation() {
    let Some(tree) = Tree::of("one-more-context", |_| true) else {
        return;
    };
    let run = tree.judge();
    assert_eq!(run.status, Some(2), "{run:#?}");
    let difference = "no contract for contexts Init, Registered, Uninit \
                      (default Registered, trait DeviceContext); \
                      the nearest is linux-7.2: +Init";
    assert!(run.stderr.contains(difference), "{run:#?}");
}

/// A build directory, and edited sources for it.
struct Tree {
    objtree: Utf8PathBuf,
    source: tempfile::TempDir,
}

/// What the tool said, with the verdicts as JSON.
#[derive(Debug)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edits {
    edit: Vec<Edit>,
}

/// A replacement in a file, or in all Rust files of a folder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    files: Utf8PathBuf,
    find: String,
    replace: String,
}

impl Tree {
    /// A copy of the sources with some of the edits in a file, if there is a
    /// tree to copy.
    fn of(name: &str, is_wanted: fn(&Edit) -> bool) -> Option<Self> {
        let Ok(kernels) = std::env::var("SOUNDCHECK_KERNELS") else {
            eprintln!("skipped: SOUNDCHECK_KERNELS names no folder with linux-7.2/build");
            return None;
        };
        let objtree = Utf8Path::new(&kernels).join("linux-7.2/build");
        let source = tempfile::tempdir().expect("a temporary directory can be made");
        let tree = Self { objtree, source };
        tree.copy();
        let path = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kernel");
        let text = fs::read_to_string(path.join(name).with_extension("toml"));
        let edits: Edits = toml::from_str(&text.expect("there are such edits")).expect("and right");
        for edit in edits.edit.iter().filter(|edit| is_wanted(edit)) {
            edit.apply(tree.root());
        }
        Some(tree)
    }

    fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.source.path()).expect("temporary paths are UTF-8")
    }

    /// Copies as much of the sources as is judged.
    fn copy(&self) {
        let source = self.objtree.join("source");
        copy_tree(&source.join("rust"), &self.root().join("rust")).expect("it can be copied");
        fs::create_dir(self.root().join("scripts")).expect("it is not there yet");
        let rules = "scripts/Makefile.build";
        fs::copy(source.join(rules), self.root().join(rules)).expect("it can be copied");
    }

    fn judge(&self) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_soundcheck"));
        command.args([
            "check",
            "--format",
            "json",
            "--kernel",
            self.objtree.as_str(),
        ]);
        command.args(["--source", self.root().as_str()]);
        Run::of(command.output().expect("the tool can be run"))
    }
}

impl Edit {
    fn apply(&self, root: &Utf8Path) {
        let place = root.join(&self.files);
        let files = walkdir::WalkDir::new(&place).into_iter();
        let files = files.map(|entry| entry.expect("it can be walked").into_path());
        let mut found = false;
        for path in files.filter(|path| path.extension().is_some_and(|rs| rs == "rs")) {
            let text = fs::read_to_string(&path).expect("it is a text");
            let edited = self.edited(&text);
            found |= edited != text;
            fs::write(&path, edited).expect("it can be written");
        }
        assert!(found, "`{}` is not in {}", self.find, self.files);
    }

    /// The text with what is found as a whole replaced.
    fn edited(&self, text: &str) -> String {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let mut edited = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(&self.find) {
            let (before, after) = (&rest[..at], &rest[at + self.find.len()..]);
            let is_part = (before.ends_with(is_word) && self.find.starts_with(is_word))
                || (after.starts_with(is_word) && self.find.ends_with(is_word));
            edited.push_str(before);
            edited.push_str(if is_part { &self.find } else { &self.replace });
            rest = after;
        }
        edited + rest
    }
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("reports are UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("complaints are UTF-8"),
        }
    }

    fn summary(&self) -> Value {
        let last = self.stdout.lines().last().unwrap_or_default();
        serde_json::from_str(last).unwrap_or_else(|_| panic!("there is a summary: {self:#?}"))
    }

    fn counts(&self, lane: &str, outcome: &str) -> u64 {
        let count = &self.summary()["lanes"][lane][outcome];
        count
            .as_u64()
            .unwrap_or_else(|| panic!("{lane} has {outcome}: {self:#?}"))
    }
}

#[test]
fn edits_find_whole_words_only() {
    let edit = Edit {
        files: Utf8PathBuf::new(),
        find: "Uninit".to_owned(),
        replace: "AnyCtx".to_owned(),
    };
    let edited = edit.edited("Uninit, MaybeUninit, drm::Uninit>, Uninits");
    assert_eq!(edited, "AnyCtx, MaybeUninit, drm::AnyCtx>, Uninits");
}
