//! The matrix of the project: its contract can be read, says enough about every
//! cell, and the cases under `ui-fail/matrix` are what it expands to.

mod contract;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use contract::mistakes;
use contract::root;
use contract::text;
use soundcheck::subject::matrix;
use soundcheck::subject::matrix::Contract;
use soundcheck::subject::matrix::Permission;
use soundcheck::subject::matrix::Program;
use soundcheck::subject::surface::Surface;

fn contract() -> Contract {
    let contract = matrix::load(&root(), "contracts/api.toml".into(), &BTreeMap::new())
        .expect("the contract has no mistake");
    contract.expect("there is a contract")
}

fn programs() -> Vec<Program> {
    matrix::programs(&contract()).expect("the contract says enough")
}

/// The line that a text begins on.
fn line(needle: &str) -> usize {
    let text = text();
    let at = text.find(needle).expect("the text is there");
    1 + text[..at].matches('\n').count()
}

#[test]
fn the_committed_cases_are_what_the_contract_expands_to() {
    let stale = matrix::stale(&root(), &contract()).expect("the files are readable");
    let lines: Vec<String> = stale.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn there_are_enough_programs_of_both_kinds() {
    let programs = programs();
    let allowed = programs.iter().filter(|program| program.is_allowed).count();
    assert!(programs.len() >= 1500, "{} programs", programs.len());
    assert!(allowed >= 500, "{allowed} allowed");
    let ids: BTreeSet<&str> = programs.iter().map(|program| program.id.as_str()).collect();
    assert_eq!(ids.len(), programs.len(), "an id is there twice");
}

#[test]
fn every_cell_has_a_program() {
    let contract = contract();
    let ids: Vec<String> = programs().into_iter().map(|program| program.id).collect();
    for operation in &contract.operations {
        for state in &contract.states {
            let permission = contract.permission(operation, state);
            if matches!(permission, Permission::Allowed | Permission::Forbidden) {
                let cell = format!("matrix/{}/{}/", operation.name(), state.name());
                assert!(
                    ids.iter().any(|id| id.starts_with(&cell)),
                    "{cell} has no program"
                );
            }
        }
    }
}

#[test]
fn programs_are_case_files() {
    for program in programs() {
        assert!(!program.text.contains('@') || program.text.contains("//@ claim: "));
        assert!(!program.text.contains("//~ use"), "{}", program.text);
        assert!(!program.text.contains("//~ given"), "{}", program.text);
        assert_eq!(
            program.text.contains("//~"),
            !program.is_allowed,
            "{}",
            program.text
        );
        assert_eq!(
            program.text.contains("cfg(twin)"),
            !program.is_allowed,
            "{}",
            program.text
        );
        let code = program.text.lines().filter(|line| !line.starts_with("//"));
        assert!(!code.collect::<String>().contains('@'), "{}", program.text);
        syn::parse_file(&program.text).unwrap_or_else(|error| panic!("{error}\n{}", program.text));
    }
}

#[test]
fn a_name_that_is_not_there() {
    let at = line("home = \"ioctl\"");
    let said = mistakes("home = \"ioctl\"", "home = \"ioctls\"");
    let start =
        format!("contracts/api.toml:{at}: unknown state `ioctls`, did you mean `ioctl`?; next: ");
    assert!(said.starts_with(&start), "{said}");
    assert!(mistakes("\"home-path\",", "\"home-paht\",").contains("unknown route `home-paht`"));
    assert!(mistakes("routes = [\"full\"]", "routes = [\"fall\"]").contains("unknown route `fall`"));
    assert!(
        mistakes("weakens-to = [\"Normal\"]", "weakens-to = [\"Norm\"]")
            .contains("unknown context")
    );
}

#[test]
fn an_unknown_key_or_type() {
    let at = line("does = \"Asking for a guard\"");
    let said = mistakes(
        "does = \"Asking for a guard\"",
        "dose = \"Asking for a guard\"",
    );
    assert!(said.contains("contracts/api.toml:"), "{said}");
    assert!(said.contains("unknown field `dose`"), "{said}");
    assert!(said.contains(&format!(":{at}: ")), "{said}");
    assert!(mistakes("takes = \"borrowed\"", "takes = \"lent\"").contains("unknown variant `lent`"));
}

#[test]
fn an_unknown_claim() {
    let claims = "[[claim]]\nid = \"guard-needs-ioctl\"\nsentence = \"s\"\nsource = \"s\"\n";
    let claims = soundcheck::judge::claim::parse(Utf8Path::new("claims.toml"), claims);
    let claims = claims.expect("the text is a claim");
    let path = Utf8Path::new("contracts/api.toml");
    let problems = matrix::parse(path, &text(), &claims).expect_err("most are unknown");
    assert!(problems
        .iter()
        .all(|problem| problem.what.starts_with("unknown claim")));
    assert!(problems.iter().all(|problem| problem.line.is_some()));
}

#[test]
fn contexts_are_in_order() {
    let said = mistakes(
        "name = \"Normal\"\n",
        "name = \"Normal\"\nweakens-to = [\"Ioctl\"]\n",
    );
    assert!(
        said.contains("`Normal` weakens to `Ioctl`, which is not declared before it"),
        "{said}"
    );
}

#[test]
fn a_stronger_context_may_do_what_a_weaker_one_may() {
    let said = mistakes(
        "allowed = [\"unregistered\", \"normal\", \"ioctl\", \"registered\",",
        "allowed = [\"unregistered\", \"normal\", \"ioctl\",",
    );
    assert!(
        said.contains("`data` is allowed in `normal`, but not in `registered`"),
        "{said}"
    );
}

#[test]
fn a_context_may_do_what_a_weaker_one_of_a_weaker_one_may() {
    let chain = text().replacen(
        "name = \"Registered\"\nweakens-to = [\"Normal\"]",
        "name = \"Registered\"\nweakens-to = [\"Ioctl\"]",
        1,
    );
    let spoilt = chain.replacen("\"ioctl\", \"registered\",", "\"ioctl\",", 1);
    assert_ne!(chain, spoilt);
    let path = Utf8Path::new("contracts/api.toml");
    let problems = matrix::parse(path, &spoilt, &BTreeMap::new());
    let problems = problems.expect_err("`Registered` lacks what `Normal` allows");
    let said = "`data` is allowed in `normal`, but not in `registered`";
    assert!(
        problems.iter().any(|problem| problem.what.contains(said)),
        "{problems:#?}"
    );
}

/// The contract with hotplug events undecided in two states.
fn with_undecided() -> String {
    let mark = |text: String, state: &str, operations: &str| {
        let from = format!("name = \"{state}\"\nof");
        let to = format!("name = \"{state}\"\nundecided = [{operations}]\nof");
        assert!(text.contains(&from));
        text.replacen(&from, &to, 1)
    };
    let text = mark(text(), "normal", "\"hotplug-event\"");
    mark(text, "ioctl", "\n    \"hotplug-event\",\n")
}

#[test]
fn an_undecided_cell_expands_to_nothing_and_is_named_with_its_line() {
    let text = with_undecided();
    let path = Utf8Path::new("contracts/api.toml");
    let contract = matrix::parse(path, &text, &BTreeMap::new());
    let contract = contract.expect("the contract has no mistake");
    let programs = matrix::programs(&contract).expect("the contract says enough");
    for state in ["normal", "ioctl"] {
        let cell = format!("matrix/hotplug-event/{state}/");
        assert!(!programs.iter().any(|program| program.id.starts_with(&cell)));
    }
    let lines: Vec<String> = contract
        .undecided()
        .iter()
        .map(|cell| cell.problem.to_string())
        .collect();
    let at = 1 + text
        .lines()
        .take_while(|line| !line.starts_with("    \"hotplug"))
        .count();
    let second = format!(
        "contracts/api.toml:{at}: undecided: hotplug-event in state ioctl; \
         next: add `ioctl` to its `allowed`, or not, and take it off this list"
    );
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1], second);
}

#[test]
fn what_is_undecided_is_an_operation_and_not_decided() {
    let undecided = |operation: &str| {
        let to = format!("name = \"normal\"\nundecided = [\"{operation}\"]\nof");
        mistakes("name = \"normal\"\nof", &to)
    };
    assert!(undecided("data").contains("`data` is decided for `normal`"));
    let said = undecided("hotplug-events");
    assert!(said.contains("unknown operation `hotplug-events`, did you mean `hotplug-event`?"));
}

#[test]
fn what_a_table_is_like_is_there_before_it() {
    let at = line("like = \"send\"");
    let said = mistakes("like = \"send\"", "like = \"sent\"");
    let start = format!(
        "contracts/api.toml:{at}: there is no operation `sent` before it to be like, \
         did you mean `send`?; next: "
    );
    assert!(said.starts_with(&start), "{said}");
    let said = mistakes("like = \"send\"", "like = \"clone\"");
    assert!(said.contains("there is no operation `clone`"), "{said}");
}

#[test]
fn a_difference_takes_away_only_what_is_there() {
    let copy = Copy::new();
    let spoilt = [
        (
            "without-states = [\"ever\"]",
            "without-states = [\"never\"]",
        ),
        ("    \"queue-ever\",", "    \"queue-never\","),
    ];
    for (from, to) in spoilt {
        copy.edit("contracts/linux-7.3.toml", from, to);
    }
    let path = "contracts/linux-7.3.toml".into();
    let problems = matrix::load(&copy.root(), path, &BTreeMap::new());
    let problems = problems.expect_err("there are no such tables");
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let said = |what: &str| lines.iter().any(|line| line.contains(what));
    assert!(
        said(": there is no state `never` to take away"),
        "{lines:?}"
    );
    assert!(
        said(": there is no operation `queue-never` to take away"),
        "{lines:?}"
    );
    copy.edit(
        "contracts/linux-7.3.toml",
        "extends = \"contracts/api.toml\"",
        "extends = \"contracts/linux-7.3.toml\"",
    );
    let problems = matrix::load(&copy.root(), path, &BTreeMap::new());
    let problems = problems.expect_err("it is its own base");
    assert_eq!(problems[0].what, "extends itself");
}

#[test]
fn an_error_that_proves_nothing() {
    assert!(mistakes("E0599 hotplug_event", "E0433 hotplug_event").contains("a test is broken"));
    assert!(mistakes("E0599 hotplug_event", "hotplug_event").contains("neither an error code"));
}

#[test]
fn an_unknown_placeholder() {
    let said = mistakes("@dev.hotplug_event()", "@device.hotplug_event()");
    assert!(said.contains("unknown placeholder `@device`"), "{said}");
}

#[test]
fn a_cell_without_an_error_is_named() {
    let spoilt = text().replace("errors = [{ is = \"E0599 hotplug_event\" }]", "errors = []");
    let path = Utf8Path::new("contracts/api.toml");
    let contract = matrix::parse(path, &spoilt, &BTreeMap::new()).expect("it can be read");
    let problem = matrix::programs(&contract).expect_err("no error is expected");
    assert!(problem
        .what
        .contains("hotplug-event/unregistered/method has no expected error"));
}

#[test]
fn a_stale_an_edited_and_a_missing_case_are_named() {
    let copy = Copy::new();
    let folder = copy.root().join("ui-fail/matrix");
    fs::write(folder.join("left_over.rs"), "fn main() {}").expect("a file can be written");
    fs::write(folder.join("send_guard.rs"), "fn main() {}").expect("a file can be written");
    fs::remove_file(folder.join("share_guard.rs")).expect("the case is there");
    let stale = matrix::stale(&copy.root(), &contract()).expect("the files are readable");
    let lines: Vec<String> = stale.iter().map(ToString::to_string).collect();
    let next = "; next: cargo soundcheck matrix --update";
    assert_eq!(
        lines,
        [
            format!("ui-fail/matrix/left_over.rs: is no cell of the contract{next}"),
            format!("ui-fail/matrix/send_guard.rs: is not what the contract expands to{next}"),
            format!("ui-fail/matrix/share_guard.rs: is missing{next}"),
        ]
    );
}

#[test]
fn a_lost_contract_is_bad_input() {
    let copy = Copy::new();
    fs::remove_file(copy.root().join("contracts/api.toml")).expect("the contract is there");
    for command in ["list", "matrix"] {
        let (status, _, stderr) = copy.run(&[command]);
        assert_eq!(status, Some(2), "{stderr}");
        assert!(
            stderr.contains("contracts/api.toml: is missing"),
            "{stderr}"
        );
    }
}

#[test]
fn a_mistake_in_the_contract_is_bad_input() {
    let copy = Copy::new();
    copy.edit(
        "contracts/api.toml",
        "claim = \"guard-needs-ioctl\"",
        "claim = \"guard-need-ioctl\"",
    );
    let at = line("claim = \"guard-needs-ioctl\"");
    let (status, _, stderr) = copy.run(&["list"]);
    assert_eq!(status, Some(2), "{stderr}");
    let said = format!("contracts/api.toml:{at}: unknown claim `guard-need-ioctl`, did you mean");
    assert!(stderr.contains(&said), "{stderr}");
}

#[test]
fn an_item_that_nothing_covers_is_red() {
    let copy = Copy::new();
    let covers = "covers = [\"drm::Device::hotplug_event\"]";
    copy.edit(
        "contracts/api.toml",
        covers,
        "covers = [\"drm::Device::hotplug\"]",
    );
    let (status, stdout, stderr) = copy.run(&["matrix", "--format", "json"]);
    assert_eq!(status, Some(1), "{stderr}");
    assert!(stderr.contains("public item `drm::Device::hotplug_event` is in no operation"));
    assert!(stderr.contains("`drm::Device::hotplug` is no public item of the API, did you mean"));
    let report: serde_json::Value = serde_json::from_str(&stdout).expect("one JSON object");
    assert_eq!(
        report["uncovered"],
        serde_json::json!(["drm::Device::hotplug_event"])
    );
    for key in ["contexts", "operations", "cells", "covered"] {
        let entries = report[key].as_array().map_or(0, Vec::len);
        assert!(entries >= 3, "{key} has {entries} entries");
    }
}

#[test]
fn programs_are_emitted_as_files() {
    let copy = Copy::new();
    let goal = copy.root().join("emitted");
    let (status, _, stderr) = copy.run(&["matrix", "--emit", goal.as_str(), "share/guard"]);
    assert_eq!(status, Some(0), "{stderr}");
    let path = goal.join("matrix/share/guard/method.rs");
    let text = fs::read_to_string(path).expect("the program was written");
    assert!(
        text.contains("//@ claim: guard-stays-on-thread\n"),
        "{text}"
    );
    assert!(!goal.join("matrix/send").exists());
    let (status, _, stderr) = copy.run(&["matrix", "no-such-cell"]);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(
        stderr.contains("no cell of the matrix matches `no-such-cell`"),
        "{stderr}"
    );
}

#[test]
fn the_whole_matrix_is_emitted_and_its_marks_stay_on_their_code() {
    let copy = Copy::new();
    let goal = copy.root().join("emitted");
    let (status, _, stderr) = copy.run(&["matrix", "--emit", goal.as_str()]);
    assert_eq!(status, Some(0), "{stderr}");
    for program in programs() {
        let path = goal.join(format!("{}.rs", program.id));
        let text = fs::read_to_string(path).expect("the program was written");
        assert_eq!(
            text.matches("//~").count(),
            program.text.matches("//~").count(),
            "{}",
            program.id
        );
    }
}

/// A copy of the project that a test may spoil.
struct Copy(tempfile::TempDir);

impl Copy {
    fn new() -> Self {
        let copy = Self(tempfile::tempdir().expect("a temporary directory can be made"));
        soundcheck::ground::workspace::copy_tree(&root(), &copy.root())
            .expect("the tree can be copied");
        copy
    }

    fn root(&self) -> Utf8PathBuf {
        let path = Utf8Path::from_path(self.0.path()).expect("temporary paths are UTF-8");
        path.join("tree")
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.root().join(path);
        let text = fs::read_to_string(&path).expect("the file is readable");
        assert!(text.contains(from), "{path} does not contain {from}");
        fs::write(path, text.replacen(from, to, 1)).expect("the file can be written");
    }

    /// Runs the tool: its exit status and what it said.
    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_soundcheck"))
            .args(arguments)
            .args(["--root", self.root().as_str()])
            .env("CARGO_TARGET_DIR", self.0.path().join("target"))
            .output()
            .expect("the tool can be run");
        let text = |bytes| String::from_utf8(bytes).expect("reports are UTF-8");
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    }
}

#[test]
fn public_items_have_short_names() {
    let surface = Surface::parse(&fs::read_to_string(fixture()).expect("the fixture is readable"));
    let items = surface.expect("the format is known").items;
    let items: Vec<&str> = items.keys().map(String::as_str).collect();
    assert_eq!(
        items,
        [
            "drm::Device",
            "drm::Device::hotplug_event",
            "drm::Device<T>: Deref",
            "drm::Named",
            "drm::Named::name",
            "make!",
        ]
    );
}

/// What rustdoc writes for the crate `surface.rs` beside it, without what it
/// says about other crates.
fn fixture() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/surface.json")
}
