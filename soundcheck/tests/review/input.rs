//! Input that cannot be reviewed: one line each, exit status 2, and nothing is
//! touched.

use std::fs;
use std::process::Command;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::edits::mailbox;
use crate::edits::Edit;
use crate::edits::Patch;

const DEVICE: &str = "rust/kernel/drm/device.rs";
const BINDINGS: &str = "rust/bindings/bindings_generated.rs";

/// What a prepared build has beside them.
const PREPARED: [&str; 4] = [
    BINDINGS,
    "rust/bindings/bindings_helpers_generated.rs",
    "rust/uapi/uapi_generated.rs",
    "include/generated/rustc_cfg",
];

/// Contexts as Linux 7.3 has them, and a struct to edit.
const SOURCE: &str = "\
pub struct One;



pub trait DeviceContext {}
pub struct Device<T, C: DeviceContext = Normal>(T, C);
impl DeviceContext for Normal {}
impl DeviceContext for Ioctl {}
impl DeviceContext for Registered {}
";

const SERIES: [Patch; 2] = [
    Patch {
        title: "drm: one becomes two",
        edits: &[Edit {
            file: DEVICE,
            find: "struct One",
            replace: "struct Two",
        }],
    },
    Patch {
        title: "drm: two becomes three",
        edits: &[Edit {
            file: DEVICE,
            find: "struct Two",
            replace: "struct Three",
        }],
    },
];

/// A directory with a kernel of one file and a series for it.
struct Case {
    directory: tempfile::TempDir,
}

impl Case {
    fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let case = Self { directory };
        case.device("One");
        case.write("linux/rust/kernel/lib.rs", "");
        case.write(
            "linux/scripts/Makefile.build",
            "rust_allowed_features := asm_goto\n",
        );
        for file in PREPARED {
            case.write(&format!("linux/{file}"), "--cfg=CONFIG_DRM\n");
        }
        let mailbox = mailbox(&case.path("linux"), &SERIES);
        case.write("v2.mbox", &mailbox);
        case
    }

    /// Writes the file that the series is for.
    fn device(&self, name: &str) {
        self.write(&format!("linux/{DEVICE}"), &SOURCE.replace("One", name));
    }

    fn path(&self, path: &str) -> Utf8PathBuf {
        let root = Utf8Path::from_path(self.directory.path());
        root.expect("temporary paths are UTF-8").join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the file is there")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// Requires one line that says what, where and what to do.
    #[track_caller]
    fn refuses(&self, series: &str, line: &str) {
        let device = self.read(&format!("linux/{DEVICE}"));
        let package = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
        let output = Command::new(env!("CARGO_BIN_EXE_soundcheck"))
            .current_dir(self.path(""))
            .args([
                "review",
                series,
                "--tree",
                "linux",
                "--target-dir",
                "target",
            ])
            .args(["--root", package.join("..").as_str()])
            // As a hook of git would call it.
            .envs([("GIT_DIR", "elsewhere"), ("GIT_WORK_TREE", "elsewhere")])
            .output()
            .expect("the tool can be run");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(line), "`{line}` is not in `{said}`");
        assert!(said.contains("; next: "), "`{said}` says nothing to do");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "");
        assert_eq!(self.read(&format!("linux/{DEVICE}")), device);
    }
}

#[test]
fn a_patch_that_does_not_apply() {
    let case = Case::new();
    case.device("Zero");
    let line = format!(
        "v2.mbox:1: patch 1 of 2 does not apply: patch failed: {DEVICE}:1: \
         on line 1 stands `pub struct Zero;`, and not `pub struct One;`"
    );
    case.refuses("v2.mbox", &line);
}

#[test]
fn a_patch_that_the_tree_has_already() {
    let case = Case::new();
    case.device("Two");
    case.refuses("v2.mbox", "next: the tree has this patch already");
}

#[test]
fn a_patch_of_a_file_that_is_not_there() {
    let case = Case::new();
    let other = case.read("v2.mbox").replace("device.rs", "other.rs");
    case.write("v2.mbox", &other);
    case.refuses(
        "v2.mbox",
        "rust/kernel/drm/other.rs: does not exist in index",
    );
}

#[test]
fn a_mailbox_that_was_cut_off() {
    let case = Case::new();
    let whole = case.read("v2.mbox");
    let end = whole.find("+pub struct Three").expect("it is there");
    case.write("v2.mbox", &whole[..end]);
    case.refuses(
        "v2.mbox",
        "patch 2 of 2 cannot be read: corrupt patch; next: is the file cut off?",
    );
    let end = whole.rfind("From a@b").expect("it is there");
    case.write("v2.mbox", &whole[..end]);
    case.refuses("v2.mbox", "v2.mbox: patch 2 of 2 is missing");
}

#[test]
fn a_tree_without_bindings() {
    let case = Case::new();
    fs::remove_file(case.path("linux").join(BINDINGS)).expect("it was there");
    case.refuses(
        "v2.mbox",
        "linux has no bindings: rust/bindings/bindings_generated.rs is missing",
    );
}

#[test]
fn a_tree_without_the_typestate() {
    let case = Case::new();
    case.write(&format!("linux/{DEVICE}"), "pub struct One;\n");
    case.refuses("v2.mbox", "device.rs declares no `Device` with a context");
}

#[test]
fn a_file_that_is_not_there_or_has_no_series() {
    let case = Case::new();
    case.refuses("v3.mbox", "v3.mbox: cannot be read: No such file");
    case.refuses("linux", "linux: cannot be read: Is a directory");
    case.write("empty.mbox", "\n");
    case.refuses("empty.mbox", "empty.mbox: is empty");
    case.write("letter.txt", "Hello there.\n");
    case.refuses(
        "letter.txt",
        "letter.txt: is neither a mail with a patch nor a diff",
    );
}

#[test]
fn a_range_of_a_tree_without_history() {
    let case = Case::new();
    case.refuses("v7.3..HEAD", "linux is no git tree");
    // The history of what a tree was put into is not its own.
    let mut command = Command::new("git");
    let output = command.args(["init", "-q"]).arg(case.path("")).output();
    assert!(output.expect("git can be run").status.success());
    case.refuses("v7.3..HEAD", "linux is no git tree (it is a folder of one)");
}

#[test]
fn a_range_that_the_tree_does_not_have() {
    let case = Case::new();
    let git = |words: &[&str]| {
        let mut command = Command::new("git");
        let command = command.current_dir(case.path("linux"));
        let output = command.args(["-c", "user.name=a", "-c", "user.email=a@b"]);
        let output = output.args(words).output().expect("git can be run");
        assert!(output.status.success(), "{output:?}");
    };
    git(&["init", "-q"]);
    git(&["commit", "-q", "--allow-empty", "-m", "base"]);
    case.refuses("v7.3..HEAD", "v7.3..HEAD is no range in ");
    case.refuses("HEAD..HEAD", "HEAD..HEAD has no commits in ");
    case.refuses("HEAD...HEAD", "HEAD...HEAD is two ranges");
}
