//! The installed tool, on crates that have nothing of ours: outside of the
//! workspace, with a `soundcheck.toml` of five lines.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

/// A lock that says in its type whether somebody holds it.
const LIB: &str = r#"//! A lock whose state is in its type.

use std::marker::PhantomData;

/// Nobody holds it.
pub struct Open;
/// Somebody holds it.
pub struct Held;

/// A lock in a state.
pub struct Lock<S> {
    value: u32,
    state: PhantomData<S>,
}

impl Lock<Open> {
    /// A lock that nobody holds.
    pub fn new(value: u32) -> Self {
        let state = PhantomData;
        Self { value, state }
    }

    /// Takes it.
    pub fn hold(self) -> Lock<Held> {
        let (value, state) = (self.value, PhantomData);
        Lock { value, state }
    }
}

impl Lock<Held> {
    /// What it protects.
    pub fn value(&self) -> u32 {
        self.value
    }
}
"#;

const READ: &str = r"//! A lock that nobody holds does not give its value.
use locks::Lock;

#[cfg(not(twin))]
fn case(lock: &Lock<locks::Open>) -> u32 {
    lock.value() //~ E0599 value
}
#[cfg(twin)]
fn case(lock: &Lock<locks::Held>) -> u32 {
    lock.value()
}

fn main() {}
";

const TWICE: &str = r"//! A lock is taken once.
use locks::Lock;
use locks::Open;

#[cfg(not(twin))]
fn case(lock: Lock<Open>) {
    lock.hold();
    lock.hold(); //~ E0382 lock
}
#[cfg(twin)]
fn case(lock: Lock<Open>, other: Lock<Open>) {
    lock.hold();
    other.hold();
}

fn main() {}
";

/// Uses `std`, a helper and a feature.
const SHARED: &str = r"//! A lock stays in its thread.
use std::rc::Rc;
use locks::Lock;
use sharing::needs_send;

#[cfg(not(twin))]
fn case(lock: Rc<Lock<locks::Open>>) {
    needs_send(lock); //~ E0277 sent
}
#[cfg(twin)]
fn case(lock: Box<Lock<locks::Open>>) {
    needs_send(locks::checked(*lock));
}

fn main() {}
";

const SUBJECT: &str =
    "name = \"locks\"\npackage = \"locks\"\n[[cases]]\nfolder = \"tests/ui\"\nkind = \"fail\"\n";

#[test]
fn a_crate_with_five_lines_is_judged() {
    let place = Place::new();
    let run = place.run(&["--format", "json"]);
    assert_eq!(run.status, Some(0), "{run:#?}");
    assert_eq!(run.passed("verdict"), 2);
    assert_eq!(run.passed("twins"), 2);
    assert_eq!(run.stderr, "");

    let run = place.run(&[]);
    run.is_green(&["2 as before", "all claims hold"]);
    for word in ["not run", "driver", "hole", "control", "snapshot", "stub"] {
        assert!(!run.stdout.contains(word), "`{word}` in {}", run.stdout);
    }
    place.run(&["list"]).is_green(&[
        "tests/ui/read_without_holding (verdict, twins) A lock that nobody holds",
        "tests/ui/take_twice (verdict, twins) A lock is taken once.",
    ]);
}

#[test]
fn an_edit_that_lets_a_case_compile_turns_the_run_red() {
    let place = Place::new();
    place.run(&[]).is_green(&[]);
    place.edit("src/lib.rs", "impl Lock<Held> {", "impl<S> Lock<S> {");
    let run = place.run(&[]);
    assert_eq!(run.status, Some(1), "{run:#?}");
    let name = "FAILED verdict tests/ui/read_without_holding";
    assert!(run.stdout.contains(name), "{run:#?}");
    assert!(run.stdout.contains("the program compiles"), "{run:#?}");
    assert!(!run.stdout.contains("take_twice"), "{run:#?}");
}

#[test]
fn what_is_wrong_is_one_line() {
    let place = Place::new();
    place.write("soundcheck.toml", &SUBJECT.replace("package", "packge"));
    place
        .run(&[])
        .is_bad_input("soundcheck.toml:2: unknown key `packge`, did you mean `package`?; next: ");
    place.write("soundcheck.toml", &SUBJECT.replace("tests/ui", "tests/uu"));
    place
        .run(&[])
        .is_bad_input("soundcheck.toml:4: there is no folder `tests/uu`; next: ");
    place.write("soundcheck.toml", "name = \"locks\"\npackage = \"locks\"\n");
    place
        .run(&[])
        .is_bad_input("soundcheck.toml: names no folder of cases; next: ");
    place.write("soundcheck.toml", &SUBJECT.replace("package", "title"));
    place
        .run(&[])
        .is_bad_input("soundcheck.toml: names no package; next: ");
    fs::remove_file(place.root().join("soundcheck.toml")).expect("it was there");
    place
        .run(&[])
        .is_bad_input("there is no soundcheck.toml in ");
}

#[test]
fn what_a_crate_does_not_have_is_one_line() {
    let place = Place::new();
    place
        .run(&["bless"])
        .is_bad_input("soundcheck.toml: names no folder of snapshots, ");
    place
        .run(&["matrix"])
        .is_bad_input("soundcheck.toml: names no contract, ");
    for lane in ["snapshot", "layout", "run", "controls", "holes"] {
        place
            .run(&["--lane", lane])
            .is_bad_input("soundcheck.toml names no ");
    }
}

#[test]
fn snapshots_need_no_trybuild() {
    let place = Place::new();
    place.write(
        "soundcheck.toml",
        &format!("snapshots = \"texts\"\n{SUBJECT}"),
    );
    place.run(&["bless"]).is_green(&["2 new", "0 refused"]);
    place.run(&["--lane", "snapshot"]).is_green(&["2 passed"]);
    place.run(&["bless"]).is_green(&["2 unchanged"]);
    place.edit("src/lib.rs", "impl Lock<Held> {", "impl<S> Lock<S> {");
    assert_eq!(place.run(&["--lane", "snapshot"]).status, Some(1));
}

#[test]
fn a_package_in_a_subfolder_has_helpers_and_features() {
    let place = Place::new();
    place.becomes_a_workspace();
    let run = place.run(&["--format", "json"]);
    assert_eq!(run.status, Some(0), "{run:#?}");
    assert_eq!((run.passed("verdict"), run.passed("twins")), (3, 3));
    place.edit("soundcheck.toml", "features = [\"checked\"]\n", "");
    let run = place.run(&[]);
    assert_eq!(run.status, Some(1), "{run:#?}");
    assert!(
        run.stdout
            .contains("FAILED twins crates/locks/tests/ui/shared"),
        "{run:#?}"
    );
}

#[test]
fn an_edit_of_a_crate_outside_of_the_root_is_seen() {
    let place = Place::new();
    place.becomes_a_workspace();
    let inner = "name = \"locks\"\npackage = \"locks\"\nfeatures = [\"checked\"]\n\
                 helpers = [\"sharing\"]\n[[cases]]\nfolder = \"tests/ui\"\nkind = \"fail\"\n";
    place.write("crates/locks/soundcheck.toml", inner);
    let inside = ["--root", "crates/locks"];
    place.run(&inside).is_green(&["3 passed"]);
    place.edit("crates/sharing/src/lib.rs", "X: Send", "X: Sized");
    let run = place.run(&inside);
    assert_eq!(run.status, Some(1), "{run:#?}");
    assert!(
        run.stdout.contains("FAILED verdict tests/ui/shared"),
        "{run:#?}"
    );
}

/// A folder with a crate that knows nothing of us.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary directory can be made"));
        place.write("Cargo.toml", &format!("{}[workspace]\n", package("locks")));
        place.write("src/lib.rs", LIB);
        place.write("tests/ui/read_without_holding.rs", READ);
        place.write("tests/ui/take_twice.rs", TWICE);
        place.write("soundcheck.toml", SUBJECT);
        place
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root().join(path)).expect("the file is there");
        assert!(text.contains(from), "{path} does not contain {from}");
        self.write(path, &text.replace(from, to));
    }

    /// Moves the crate into a subfolder, beside a crate that helps its cases.
    fn becomes_a_workspace(&self) {
        let inner = self.root().join("crates/locks");
        fs::create_dir_all(&inner).expect("a folder can be made");
        for part in ["src", "tests"] {
            fs::rename(self.root().join(part), inner.join(part)).expect("it can be moved");
        }
        self.write(
            "Cargo.toml",
            "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"2\"\n",
        );
        let features = format!("{}[features]\nchecked = []\n", package("locks"));
        self.write("crates/locks/Cargo.toml", &features);
        let checked = "\n/// Gives it back.\n#[cfg(feature = \"checked\")]\n\
                       pub fn checked(lock: Lock<Open>) -> Lock<Open> {\n    lock\n}\n";
        self.write("crates/locks/src/lib.rs", &format!("{LIB}{checked}"));
        self.write("crates/locks/tests/ui/shared.rs", SHARED);
        self.write("crates/sharing/Cargo.toml", &package("sharing"));
        self.write(
            "crates/sharing/src/lib.rs",
            "pub fn needs_send<X: Send>(_: X) {}\n",
        );
        let subject = SUBJECT.replace("tests/ui", "crates/locks/tests/ui");
        let more = "features = [\"checked\"]\nhelpers = [\"sharing\"]\n";
        self.write("soundcheck.toml", &format!("{more}{subject}"));
    }

    /// Runs the installed tool here, with nothing of the workspace around.
    fn run(&self, arguments: &[&str]) -> Run {
        let mut tool = Command::new(installed().join("bin/soundcheck"));
        tool.args(arguments).current_dir(self.root());
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO") && text != "CARGO_HOME" || text.starts_with("SOUNDCHECK") {
                tool.env_remove(&name);
            }
        }
        let output = tool.output().expect("the tool can be run");
        Run {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("reports are UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("complaints are UTF-8"),
        }
    }
}

fn package(name: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
}

/// What a run said.
#[derive(Debug)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    /// How many cases passed in a lane, as the summary says.
    fn passed(&self, lane: &str) -> u64 {
        let summary = self.stdout.lines().last().expect("there is a summary");
        let summary: Value = serde_json::from_str(summary).expect("it is JSON");
        let passed = &summary["lanes"][lane]["passed"];
        passed.as_u64().unwrap_or_else(|| panic!("{summary:#}"))
    }

    #[track_caller]
    fn is_green(&self, texts: &[&str]) {
        assert_eq!(self.status, Some(0), "{self:#?}");
        for text in texts {
            assert!(self.stdout.contains(text), "`{text}` is not in {self:#?}");
        }
    }

    #[track_caller]
    fn is_bad_input(&self, line: &str) {
        assert_eq!(self.status, Some(2), "{self:#?}");
        assert_eq!(self.stderr.lines().count(), 1, "{self:#?}");
        assert!(self.stderr.contains(line), "`{line}` is not in {self:#?}");
        assert!(self.stderr.contains("; next: "), "{self:#?}");
        assert_eq!(self.stdout, "");
    }
}

/// Where the tool is installed, once for all tests. What it is made of is in
/// the target directory already.
fn installed() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("installed");
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args([
                "install",
                "--debug",
                "--offline",
                "--locked",
                "--no-track",
                "--force",
            ])
            .args(["--quiet", "--path"])
            .arg(package)
            .arg("--root")
            .arg(&root)
            .arg("--target-dir")
            .arg(target.expect("temporary files are in the target directory"))
            .current_dir(package);
        let output = cargo.output().expect("cargo can be run");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        root
    })
}
