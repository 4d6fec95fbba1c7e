//! A copy of the miniature tree that a test may spoil, and the tool run on it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::copy::copy_tree;
use crate::slot::Slot;

/// The folder of a copy: paths have spaces and accents.
const ROOT: &str = "a trée";

/// A copy of `fixtures/tree`, with build output of its own.
pub struct Tree {
    place: Place,
}

/// Where a copy is.
enum Place {
    /// Where other tests have built before.
    Slot(Slot),
    /// Where nobody has.
    Bare(tempfile::TempDir),
}

/// What a run of the tool said.
#[derive(Debug)]
pub struct Run {
    /// The exit status.
    pub status: Option<i32>,
    /// What was reported.
    pub stdout: String,
    /// What was complained about.
    pub stderr: String,
}

impl Tree {
    /// A fresh copy, for which cargo may have built something before.
    pub fn new() -> Self {
        let place = Place::Slot(Slot::with_copy(&source(), ROOT));
        Self { place }
    }

    /// A fresh copy where nothing was built, for tests that look at what is
    /// built, or spoil it.
    pub fn bare() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let place = Place::Bare(directory);
        let tree = Self { place };
        copy_tree(&source(), &tree.root()).expect("the tree can be copied");
        tree
    }

    /// The root of the copy.
    pub fn root(&self) -> Utf8PathBuf {
        self.folder().join(ROOT)
    }

    fn folder(&self) -> Utf8PathBuf {
        match &self.place {
            Place::Slot(slot) => slot.path(),
            Place::Bare(directory) => Utf8Path::from_path(directory.path())
                .expect("temporary paths are UTF-8")
                .to_owned(),
        }
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.root().join(path);
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
        self
    }

    /// Writes a case, and a snapshot for it.
    pub fn case(&self, path: &str, text: &str) -> &Self {
        self.write(&path.replace(".rs", ".stderr"), "");
        self.write(path, text)
    }

    /// Replaces a text, which must be there, in a file.
    pub fn edit(&self, path: &str, from: &str, to: &str) -> &Self {
        let text = fs::read_to_string(self.root().join(path)).expect("the file is there");
        assert!(text.contains(from), "{path} does not contain {from}");
        self.write(path, &text.replace(from, to))
    }

    /// Removes a file or a folder.
    pub fn remove(&self, path: &str) -> &Self {
        let path = self.root().join(path);
        let removed = match path.is_dir() {
            true => fs::remove_dir_all(&path),
            false => fs::remove_file(&path),
        };
        removed.expect("what is removed was there");
        self
    }

    /// A compiler that begins with some lines of shell. It hides the real one,
    /// which the tool would otherwise find and call past it.
    pub fn compiler(&self, lines: &str) -> Utf8PathBuf {
        let path = self.root().join("../rustc");
        let text = format!(
            "#!/bin/sh\n[ \"$*\" = '--print sysroot' ] && echo /none && exit\n{lines}\nexec rustc \"$@\"\n"
        );
        fs::write(&path, text).expect("a script can be written");
        let permissions = fs::Permissions::from_mode(0o755);
        fs::set_permissions(&path, permissions).expect("it can be made executable");
        path
    }

    /// Where build output goes.
    pub fn target(&self) -> Utf8PathBuf {
        self.folder().join("target")
    }

    /// Runs the tool with some arguments.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.command(arguments))
    }

    /// The command that `run` runs.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_soundcheck"));
        command
            .args(["check", "--root", self.root().as_str(), "--target-dir"])
            .arg(self.target())
            .args(arguments);
        command
    }
}

fn source() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tree")
}

impl Run {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the tool can be run");
        Self {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("reports are UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("complaints are UTF-8"),
        }
    }

    /// Requires that nothing was judged, and one clear line about why.
    #[track_caller]
    pub fn is_bad_input(&self, line: &str) {
        self.is_bad_inputs(&[line]);
    }

    /// Requires that nothing was judged, and a clear line for each reason.
    #[track_caller]
    pub fn is_bad_inputs(&self, lines: &[&str]) {
        assert_eq!(self.status, Some(2), "{self:#?}");
        assert_eq!(self.stderr.lines().count(), lines.len(), "{self:#?}");
        for (said, line) in self.stderr.lines().zip(lines) {
            assert!(said.contains(line), "`{line}` is not in `{said}`");
            assert!(said.contains("; next: "), "`{said}` says nothing to do");
        }
        assert_eq!(self.stdout, "");
    }

    /// Requires a red run that says something.
    #[track_caller]
    pub fn is_red(&self, texts: &[&str]) {
        assert_eq!(self.status, Some(1), "{self:#?}");
        for text in texts {
            assert!(
                self.stdout.contains(text),
                "`{text}` is not in\n{}",
                self.stdout
            );
        }
    }

    /// Requires that everything holds.
    #[track_caller]
    pub fn is_green(&self) {
        assert_eq!(self.status, Some(0), "{self:#?}");
    }
}
