//! `soundcheck propose`: three files or none, and never a guess.
//!
//! What comes of a proposal that was written is told by `docs/new-context.md`,
//! which a test of its own executes.

mod copy;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use soundcheck::command::propose::run;
use soundcheck::command::propose::Options;
use soundcheck::subject::matrix;
use soundcheck::subject::matrix::Contract;
use soundcheck::subject::matrix::Permission;

const FILES: [&str; 3] = [
    "api/src/drm/context.rs",
    "api/src/drm/mod.rs",
    "contracts/api.toml",
];

/// A copy of what a proposal reads.
struct Copy(tempfile::TempDir);

impl Copy {
    fn new() -> Self {
        let package = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
        let source = package.parent().expect("the package is in the workspace");
        let copy = Self(tempfile::tempdir().expect("a temporary directory can be made"));
        for folder in ["api", "contracts"] {
            copy::copy_tree(&source.join(folder), &copy.root().join(folder))
                .expect("the tree can be copied");
        }
        for file in ["Cargo.toml", "soundcheck.toml"] {
            fs::write(copy.root().join(file), "").expect("a file can be written");
        }
        copy
    }

    fn root(&self) -> Utf8PathBuf {
        let path = Utf8Path::from_path(self.0.path()).expect("temporary paths are UTF-8");
        path.join("a trée")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).expect("the file is readable")
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not contain {from}");
        fs::write(self.root().join(path), text.replacen(from, to, 1))
            .expect("the file can be written");
    }

    /// Every file with its text.
    fn files(&self) -> BTreeMap<Utf8PathBuf, String> {
        let walk = walkdir::WalkDir::new(self.root());
        let files = walk
            .into_iter()
            .map(|entry| entry.expect("the tree is readable"));
        let files = files.filter(|entry| entry.file_type().is_file());
        let paths = files.map(|entry| Utf8PathBuf::try_from(entry.into_path()));
        paths
            .map(|path| path.expect("paths are UTF-8"))
            .map(|path| {
                (
                    path.clone(),
                    fs::read_to_string(path).expect("the file is text"),
                )
            })
            .collect()
    }

    fn propose(&self, words: &str) -> Result<String, String> {
        let words: Vec<&str> = words.split(' ').collect();
        let mut out = Vec::new();
        let options = Options {
            root: Some(self.root()),
            name: words[0].to_owned(),
            after: words[1].to_owned(),
            before: words.get(2).map(|word| (*word).to_owned()),
            dry_run: false,
        };
        let result = run(&options, &mut out);
        let said = String::from_utf8(out).expect("what is said is UTF-8");
        result.map(|()| said).map_err(|error| error.to_string())
    }

    /// Requires one line, and that no file was touched.
    #[track_caller]
    fn refuses(&self, words: &str, line: &str) {
        let before = self.files();
        let said = self.propose(words).expect_err("the proposal is refused");
        assert!(said.contains(line), "`{line}` is not in `{said}`");
        assert!(said.contains("; next: ") && !said.contains('\n'), "{said}");
        assert!(before == self.files(), "a file was touched");
    }

    fn contract(&self) -> Contract {
        let contract = matrix::load(&self.root(), "contracts/api.toml".into(), &BTreeMap::new());
        contract.expect("it has no mistake").expect("it is there")
    }
}

/// The permissions of a state by operation.
fn permissions(contract: &Contract, state: &str) -> BTreeMap<String, Permission> {
    let state = contract.state(state).expect("the state is there");
    let operations = contract.operations.iter();
    operations
        .map(|known| (known.name().to_owned(), contract.permission(known, state)))
        .collect()
}

#[test]
fn three_files_are_written() {
    let copy = Copy::new();
    let before = copy.files();
    let said = copy.propose("Init Normal").expect("the proposal is made");
    let after = copy.files();
    assert_eq!(before.len(), after.len());
    let changed = after.iter().filter(|(path, text)| before[*path] != **text);
    let changed: Vec<&str> = changed
        .map(|(path, _)| {
            path.strip_prefix(copy.root())
                .expect("it is below the root")
        })
        .map(Utf8Path::as_str)
        .collect();
    assert_eq!(changed, FILES);
    for path in FILES {
        assert!(said.contains(&format!("{path} ")), "{said}");
    }
}

#[test]
fn what_follows_by_weakening_is_allowed_and_the_rest_is_undecided() {
    let copy = Copy::new();
    copy.propose("Init Normal").expect("the proposal is made");
    let contract = copy.contract();
    let (normal, init) = (
        permissions(&contract, "normal"),
        permissions(&contract, "init"),
    );
    for operation in &contract.operations {
        let name = operation.name();
        let follows = normal[name] == Permission::Allowed
            && operation.inherited
            && operation.takes.is_device();
        let expected = match follows {
            true => Permission::Allowed,
            false => Permission::Undecided,
        };
        assert_eq!(init[name], expected, "{name}");
    }
    assert_eq!(init["data"], Permission::Allowed);
    assert_eq!(init["registration-guard"], Permission::Undecided);
    assert_eq!(contract.undecided().len(), 26);
    let send = contract
        .operations
        .iter()
        .find(|known| known.name() == "send");
    assert_eq!(
        send.expect("it is there").claim_in("init"),
        "device-is-shared"
    );
}

#[test]
fn other_states_keep_their_permissions_and_comments_stay() {
    let copy = Copy::new();
    let (before, text) = (copy.contract(), copy.read(FILES[2]));
    copy.propose("Init Normal Registered")
        .expect("the proposal is made");
    let after = copy.contract();
    for state in &before.states {
        let name = state.name();
        assert_eq!(
            permissions(&before, name),
            permissions(&after, name),
            "{name}"
        );
    }
    let comments = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
    assert_eq!(comments(&copy.read(FILES[2])), comments(&text));
}

#[test]
fn a_context_between_two_others_is_on_every_way_between_them() {
    let copy = Copy::new();
    copy.propose("Init Normal Registered")
        .expect("the proposal is made");
    copy.propose("Ready Init Registered")
        .expect("the second is made");
    assert!(copy.read(FILES[0]).contains(
        "contexts!(Normal, Init: Normal, Ready: Init, Ioctl: Normal, Registered: Ready);"
    ));
    let contract = copy.contract();
    let ways = |state: &str| {
        let state = contract.state(state).expect("the state is there");
        let steps = state.derefs.iter();
        let steps: Vec<String> = steps
            .map(|step| format!("{} {}", step.to, step.by))
            .collect();
        steps.join(", ")
    };
    assert_eq!(ways("ready"), "ready &*dev, init &**dev, normal &***dev");
    assert_eq!(
        ways("registered"),
        "registered &*dev, ready &**dev, init &***dev, normal &****dev"
    );
    assert_eq!(
        ways("guard"),
        "registered &**dev, ready &***dev, init &****dev, normal &*****dev"
    );
    assert_eq!(ways("ever"), "ioctl &**dev, normal &***dev");
}

#[test]
fn a_long_list_is_broken_into_lines() {
    let copy = Copy::new();
    for name in ["ModeConfigured", "PlanesReady", "ConnectorsProbed"] {
        copy.propose(&format!("{name} Normal"))
            .expect("the proposal is made");
    }
    let source = copy.read(FILES[0]);
    assert!(
        source.contains("contexts!(\n    Normal,\n    ConnectorsProbed: Normal,\n"),
        "{source}"
    );
    assert!(
        source.ends_with("    Registered: Normal,\n);\n"),
        "{source}"
    );
}

#[test]
fn files_that_are_laid_out_another_way_are_edited_too() {
    let copy = Copy::new();
    copy.edit(
        FILES[0],
        "contexts!(Normal, Ioctl: Normal, Registered: Normal);",
        "contexts! {\n    // All.\n    Normal ,\n    Ioctl :\n    Normal, Registered: Normal\n}",
    );
    copy.edit(FILES[0], "pub struct Normal;", "pub  struct\nNormal  ;");
    copy.edit(FILES[1], "//! | [`Normal`] |", "//!  |  [`Normal`]   |");
    copy.edit(FILES[1], "pub use self::device::Normal;\n", "");
    copy.edit(
        FILES[1],
        "pub use self::device::Registered;",
        "pub use self::device::{Normal, Registered};",
    );
    copy.edit(
        FILES[2],
        "allowed = [\"unregistered\", \"normal\", \"ioctl\", \"registered\",",
        "allowed = [\n    \"unregistered\",\n    # All know as much.\n    \"normal\", \"ioctl\",\n    \"registered\",",
    );
    copy.propose("Init Normal Registered")
        .expect("the proposal is made");
    let contexts = "contexts! {\n    // All.\n    Normal,\n    Init: Normal ,\n    Ioctl :\n    \
                    Normal, Registered: Init\n}";
    let source = copy.read(FILES[0]);
    assert!(source.contains(contexts), "{source}");
    assert!(source.contains("pub struct Init;"), "{source}");
    let module = copy.read(FILES[1]);
    assert!(module.contains("//! | [`Init`] |"), "{module}");
    assert!(module.contains("{Normal, Init, Registered}"), "{module}");
    let allowed = "    # All know as much.\n    \"normal\",\n    \"init\", \"ioctl\",";
    assert!(copy.read(FILES[2]).contains(allowed));
    let init = permissions(&copy.contract(), "init");
    assert_eq!(init["data"], Permission::Allowed);
}

#[test]
fn names_that_cannot_be_used_are_refused() {
    let copy = Copy::new();
    copy.refuses("init Normal", "`init` is no name for a context");
    copy.refuses("Self Normal", "`Self` is no name for a context");
    copy.refuses("Ioctl Normal", "has a state `ioctl` already");
    copy.refuses("Any Normal", "has a state `any` already");
    copy.refuses(
        "WedgeRecovery Normal",
        "`WedgeRecovery` is known there already",
    );
    copy.propose("Init Normal").expect("the proposal is made");
    copy.refuses("Init Normal", "has a state `init` already");
}

#[test]
fn positions_that_make_no_sense_are_refused() {
    let copy = Copy::new();
    copy.refuses(
        "Init Norml",
        "--after Norml: there is no such context, did you mean `Normal`?",
    );
    copy.refuses("Init Normal Reg", "--before Reg: there is no such context");
    copy.refuses(
        "Init Ioctl Registered",
        "`Registered` does not weaken to `Ioctl` at once",
    );
    copy.refuses(
        "Init Registered Normal",
        "--before Normal contradicts the order",
    );
    copy.refuses(
        "Init Normal Normal",
        "--before Normal contradicts the order",
    );
}

#[test]
fn files_that_cannot_be_read_are_refused() {
    let spoilt = |path: &str, from: &str, to: &str, line: &str| {
        let copy = Copy::new();
        copy.edit(path, from, to);
        copy.refuses("Init Normal", line);
    };
    spoilt(FILES[2], "\n[[state]]", "\n[[state]", "contracts/api.toml:");
    spoilt(
        FILES[0],
        "pub struct Normal;",
        "pub struct Normal",
        "context.rs: cannot be parsed",
    );
    spoilt(
        FILES[0],
        "pub struct Normal;",
        "pub struct Normal();",
        "is not there",
    );
    spoilt(
        FILES[0],
        "contexts!(Normal, ",
        "contexts!(",
        "`contexts!(.. Normal ..)` is not there",
    );
    spoilt(
        FILES[1],
        "//! | [`Normal`] |",
        "//! | `Normal` |",
        "mod.rs: `//! | [`Normal`] |` is not",
    );
    spoilt(
        FILES[1],
        "pub mod device;",
        "pub mod device;}",
        "mod.rs: cannot be parsed",
    );
}

#[test]
fn a_dry_run_prints_a_patch_and_writes_nothing() {
    let copy = Copy::new();
    let before = copy.files();
    let output = Command::new(env!("CARGO_BIN_EXE_soundcheck"))
        .args([
            "propose",
            "Init",
            "--after",
            "Normal",
            "--dry-run",
            "--root",
        ])
        .arg(copy.root())
        .output()
        .expect("the tool can be run");
    assert!(output.status.success());
    assert!(before == copy.files(), "a file was touched");
    let printed = String::from_utf8(output.stdout).expect("the patch is UTF-8");
    copy.propose("Init Normal").expect("the proposal is made");
    let patches = printed.split("--- a/").skip(1);
    let patched = patches.map(|patch| {
        let (path, _) = patch.split_once('\n').expect("a patch names its file");
        let patch = format!("--- a/{patch}");
        let patch = diffy::Patch::from_str(&patch).expect("a patch can be read");
        let old = &before[&copy.root().join(path)];
        let new = diffy::apply(old, &patch).expect("the patch fits");
        assert_eq!(new, copy.read(path));
    });
    assert_eq!(patched.count(), 3);
}

#[test]
fn a_refusal_is_bad_input() {
    let copy = Copy::new();
    let output = Command::new(env!("CARGO_BIN_EXE_soundcheck"))
        .args(["propose", "init", "--after", "Normal", "--root"])
        .arg(copy.root())
        .output()
        .expect("the tool can be run");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 1);
}
