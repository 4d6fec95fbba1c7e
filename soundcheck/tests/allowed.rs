//! The allowed programs of the matrix run: each, or there is a reason; what
//! they leave behind on the stub turns the run red, and names cell and claim.

mod contract;
mod copy;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use camino::Utf8Path;
use contract::edited;
use contract::mistakes;
use contract::root;
use contract::text;
use soundcheck::subject::matrix;
use soundcheck::subject::matrix::Contract;
use soundcheck::subject::matrix::Program;

fn allowed(contract: &Contract) -> Vec<Program> {
    let programs = matrix::programs(contract).expect("the contract says enough");
    programs
        .into_iter()
        .filter(|program| program.is_allowed)
        .collect()
}

/// The line that a text begins on.
fn line(needle: &str) -> usize {
    let text = text();
    let at = text.find(needle).expect("the text is there");
    1 + text[..at].matches('\n').count()
}

#[test]
fn every_allowed_program_runs_or_says_why_not() {
    let contract = edited("", "").expect("the contract has no mistake");
    let programs = allowed(&contract);
    let runs = |program: &&Program| {
        program
            .text
            .contains("\npub fn main() -> kernel::error::Result")
    };
    let running = programs.iter().filter(runs).count();
    assert!(running >= 1000, "{running} programs run");
    for program in programs.iter().filter(|program| !runs(program)) {
        assert!(program.text.contains("//@ run: off, "), "{}", program.text);
    }
}

#[test]
fn a_program_that_runs_calls_its_case() {
    let contract = edited("", "").expect("the contract has no mistake");
    for program in allowed(&contract) {
        let (case, main) = program.text.split_once("pub fn main()").expect("it runs");
        let calls = main.contains("case::<") || !case.contains("fn case");
        assert!(calls, "{}", program.text);
    }
}

#[test]
fn code_for_any_context_runs_with_each() {
    let contract = edited("", "").expect("the contract has no mistake");
    let programs = allowed(&contract);
    let id = "matrix/send/any/method";
    let program = programs.iter().find(|program| program.id == id);
    let text = &program.expect("there is such a cell").text;
    let contexts: Vec<&str> = contract.contexts.iter().map(|known| known.name()).collect();
    assert!(contexts.len() >= 3, "{contexts:?}");
    for state in contract
        .states
        .iter()
        .filter(|state| !state.make.is_empty())
    {
        if let Some(context) = &state.context {
            let call = format!("case::<driver::Probe, drm::{context}>(dev)");
            assert!(text.contains(&call), "{text}");
        }
    }
    let said = mistakes(
        "\"normal\", \"ioctl\", \"registered\"]\n\n",
        "\"normal\", \"ioctl\"]\n\n",
    );
    assert!(
        said.contains("state `any`: `registered` is one of those it must stand for"),
        "{said}"
    );
}

#[test]
fn one_route_of_each_operation_and_state_is_replayed() {
    let contract = edited("", "").expect("the contract has no mistake");
    let mut replayed: BTreeMap<String, usize> = BTreeMap::new();
    for program in allowed(&contract) {
        let cell = program
            .id
            .rsplit_once('/')
            .expect("an id ends with a route")
            .0;
        let more = usize::from(!program.text.contains("//@ replay: off, "));
        *replayed.entry(cell.to_owned()).or_default() += more;
    }
    for (cell, count) in replayed {
        let gives_or_panics = cell.starts_with("matrix/device-of-foreign-owned");
        assert_eq!(count, usize::from(!gives_or_panics), "{cell}");
    }
}

#[test]
fn a_state_without_a_way_to_it_needs_a_reason() {
    let at = line("name = \"any\"");
    let said = mistakes("stands-for = [\"normal\", \"ioctl\", \"registered\"]\n", "");
    let start = format!(
        "contracts/api.toml:{at}: state `any` needs either `make` or `idle`; \
         next: say in `make` how a program comes to call `case`, or in `idle` why none can"
    );
    assert_eq!(said, start);
    let both = "idle = \"a reason\"\nstands-for = [\"normal\",";
    assert!(mistakes("stands-for = [\"normal\",", both).contains("state `any` needs either"));
    let consumed = "stands-for = [\"consumed\",";
    assert!(mistakes("stands-for = [\"normal\",", consumed)
        .contains("state `any`: `consumed` has no `make` to stand for"));
}

#[test]
fn a_reason_is_more_than_a_word() {
    let idle = "idle = \"registering takes the device away, so nothing is allowed\"";
    let at = line(idle);
    let said = mistakes(idle, "idle = \"impossible\"");
    assert!(
        said.starts_with(&format!("contracts/api.toml:{at}: is no reason")),
        "{said}"
    );
}

#[test]
fn an_operation_says_how_it_is_called() {
    let said = mistakes("instance = \"driver::Buffer\"\n", "");
    assert!(said.contains("operation `gem-object` cannot run"), "{said}");
    let said = mistakes("@case{&object}", "@cast{&object}");
    assert!(said.contains("unknown placeholder `@cast`"), "{said}");
    let make = "make = ['''\ndriver::with_sample::<@D, _>(|unregistered| {\n    \
                let _ = @case{&unregistered};\n    Ok(())\n})?;\n''']\n";
    let at = line("name = \"device-of-unregistered\"");
    let said = mistakes(make, "");
    let start = format!(
        "contracts/api.toml:{at}: operation `device-of-unregistered` needs either `make` or `idle`"
    );
    assert!(said.starts_with(&start), "{said}");
    let idle = "home = \"registered\"\nidle = [{ routes = [\"methods\"], why = \"of no use\" }]\n";
    assert!(mistakes("home = \"registered\"\n", idle).contains("unknown route `methods`"));
}

#[test]
fn an_idle_cell_compiles_and_gives_its_reason() {
    let idle = "home = \"registered\"\nidle = [{ states = [\"guard\"], why = \"of no use\" }]\n";
    let contract = edited("home = \"registered\"\n", idle).expect("the contract is in order");
    let programs = allowed(&contract);
    let of = |state: &str| {
        let cell = format!("matrix/registration-data/{state}/");
        let mine = programs.iter().filter(move |it| it.id.starts_with(&cell));
        mine.map(|program| program.text.contains("//@ run: off, of no use\n"))
            .collect::<Vec<bool>>()
    };
    assert!(of("guard").iter().all(|is_idle| *is_idle));
    assert!(of("registered").iter().all(|is_idle| !*is_idle));
}

#[test]
fn a_state_that_is_being_decided_needs_no_way_to_it_yet() {
    let waits = "undecided = [\"hotplug-event\"]\n";
    let contract = edited(
        "stands-for = [\"normal\", \"ioctl\", \"registered\"]\n",
        waits,
    );
    let contract = contract.expect("what is undecided needs no way to it yet");
    let idle = "//@ run: off, not everything is decided from there";
    for program in allowed(&contract) {
        let is_there = program.id.contains("/any/") && !program.id.contains("ioctl-handler");
        assert_eq!(program.text.contains(idle), is_there, "{}", program.text);
    }
}

#[test]
fn a_violation_names_its_cell_and_claim() {
    let copy = tempfile::tempdir().expect("a temporary directory can be made");
    let copy = Utf8Path::from_path(copy.path()).expect("temporary paths are UTF-8");
    let tree = copy.join("tree");
    copy::copy_tree(&root(), &tree).expect("the tree can be copied");
    let leaks = "let dev: ARef<drm::Device<@D>> = ARef::from(&*dev);\n    \
                 core::mem::forget(dev.clone());";
    let text = text();
    let honest = "let dev: ARef<drm::Device<@D>> = ARef::from(&*dev);";
    assert!(text.contains(honest), "the contract makes a handle");
    fs::write(
        tree.join("contracts/api.toml"),
        text.replacen(honest, leaks, 1),
    )
    .expect("the contract can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_soundcheck"))
        .args(["check", "--lane", "run", "matrix/share/aref/method"])
        .args(["matrix/share/ever/method", "--root", tree.as_str()])
        .env("CARGO_TARGET_DIR", copy.join("target"))
        .output()
        .expect("the tool can be run");
    let stdout = String::from_utf8(output.stdout).expect("reports are UTF-8");
    assert_eq!(output.status.code(), Some(1), "{stdout}");
    assert!(
        stdout.contains("FAILED run matrix/share/aref/method"),
        "{stdout}"
    );
    assert!(
        !stdout.contains("FAILED run matrix/share/ever/method"),
        "{stdout}"
    );
    assert!(stdout.contains("claim    device-is-shared: "), "{stdout}");
    assert!(stdout.contains("violation "), "{stdout}");
    assert!(stdout.contains("1 passed, 1 failed"), "{stdout}");
}
