//! Known holes on the miniature tree: an open one is waived, a closed one is red, and so is one that
//! needs `unsafe`, has no record, or excuses what holds.

use std::fs;

use crate::tree::Tree;

const CONTRACT: &str = "contracts/api.toml";
const PROGRAM: &str = "holes/api/unguarded.rs";

/// A contract with nothing but a hole, and the case that it excuses.
const HOLE: &str = r#"
imports = []
context = []
state = []
operation = []
route = []

[[known-hole]]
program = "holes/api/unguarded"
excuses = ["ui-fail/guard/normal-method"]
"#;

/// A program that takes a guard of a general device, which the untouched API refuses.
const UNGUARDED: &str = "\
//! A general device has a guard.
//@ claim: guard-needs-ioctl
use kernel::drm;

pub fn main() -> kernel::error::Result {
    let dev = drm::Device::<drm::Normal>::new()?;
    drop(dev.guard());
    Ok(())
}
";

/// A tree whose API has the hole, and whose contract knows it.
fn open() -> Tree {
    let tree = closed();
    tree.edit("api/src/lib.rs", "impl Device<Ioctl>", "impl<C> Device<C>");
    tree
}

/// A tree whose contract knows a hole that its API does not have.
fn closed() -> Tree {
    let tree = Tree::new();
    tree.write(CONTRACT, HOLE).write(PROGRAM, UNGUARDED);
    tree
}

const LANES: [&str; 5] = ["--lane", "verdict", "--lane", "holes", "normal-method"];

#[test]
fn an_open_hole_is_waived_and_excuses_its_cases() {
    let run = open().run(&[&LANES[..], &["unguarded"]].concat());
    run.is_green();
    for text in [
        "known hole holes holes/api/unguarded",
        "because  A general device has a guard.",
        "known hole verdict ui-fail/guard/normal-method",
        "because  holes/api/unguarded: A general device has a guard.",
        "all claims hold, but 2 are known not to: 2 verdicts",
    ] {
        assert!(run.stdout.contains(text), "{text} is not in {}", run.stdout);
    }
}

#[test]
fn a_closed_hole_is_red_and_so_is_an_excuse_that_nobody_needs() {
    let run = closed().run(&[&LANES[..], &["unguarded"]].concat());
    run.is_red(&[
        "FAILED holes holes/api/unguarded (holes/api/unguarded.rs:7)",
        "expected the known hole holes/api/unguarded is open",
        "it has closed: what it says is possible is refused",
        "E0599",
        "next     remove it from contracts/api.toml",
        "FAILED verdict ui-fail/guard/normal-method",
    ]);
}

#[test]
fn a_case_beside_the_excused_one_is_not_waived() {
    let tree = open();
    let path = tree.root().join("ui-fail/guard/normal-method.rs");
    let text = fs::read_to_string(path).expect("the case is there");
    tree.case("ui-fail/guard/unexcused.rs", &text);
    let run = tree.run(&["--lane", "verdict", "guard"]);
    run.is_red(&[
        "known hole verdict ui-fail/guard/normal-method",
        "FAILED verdict ui-fail/guard/unexcused",
    ]);
}

#[test]
fn a_hole_with_a_violation_is_closed_without_it() {
    let tree = open();
    let claim = "//@ claim: guard-needs-ioctl\n";
    let marked = format!("{claim}//@ violation: memory-leak\n");
    tree.write(PROGRAM, &UNGUARDED.replace(claim, &marked));
    tree.run(&["--lane", "holes"]).is_red(&[
        "FAILED holes holes/api/unguarded",
        "expected violation memory-leak, and no other",
        "it has closed",
        "outcome ok",
    ]);
    let leaking = UNGUARDED.replace("drop(dev.guard());", "core::mem::forget(dev);");
    tree.write(PROGRAM, &leaking.replace(claim, &marked));
    tree.run(&["--lane", "holes"]).is_green();
}

#[test]
fn a_hole_that_says_unsafe_is_refused() {
    let tree = open();
    let text = UNGUARDED.replace("drop(dev.guard());", "unsafe { drop(dev.guard()) };");
    tree.write(PROGRAM, &text);
    let run = tree.run(&["--lane", "holes"]);
    run.is_bad_input("error: holes/api/unguarded.rs:1: the program says `unsafe`");
}

#[test]
fn a_hole_without_a_record_is_refused() {
    let tree = open();
    tree.write("holes/api/other.rs", UNGUARDED);
    let run = tree.run(&["--lane", "holes"]);
    run.is_bad_input("holes/api/other.rs: contracts/api.toml does not record this hole");
}

#[test]
fn a_record_without_its_program_or_case_is_refused() {
    let tree = open();
    tree.edit(CONTRACT, "guard/normal-method", "guard/nothing");
    let run = tree.run(&["--lane", "holes"]);
    run.is_bad_input("contracts/api.toml:10: no case ui-fail/guard/nothing speaks about api");
    tree.edit(CONTRACT, "guard/nothing", "guard/normal-method");
    tree.remove("holes/api");
    let run = tree.run(&["--lane", "verdict"]);
    run.is_bad_input("contracts/api.toml:9: no program holes/api/unguarded speaks about api");
}

#[test]
fn an_excused_program_may_misbehave_and_must_compile() {
    let tree = open();
    tree.edit(
        CONTRACT,
        "ui-fail/guard/normal-method",
        "ui-pass/two-devices",
    );
    tree.edit(
        "ui-pass/two-devices.rs",
        "first.touch();",
        "core::mem::forget(first);",
    );
    let arguments = ["--lane", "run", "two-devices"];
    let run = tree.run(&arguments);
    run.is_green();
    let waived = "known hole run ui-pass/two-devices";
    assert!(run.stdout.contains(waived), "{}", run.stdout);
    tree.edit("ui-pass/two-devices.rs", "mem::forget", "mem::forgets");
    tree.run(&arguments).is_red(&[
        "FAILED run ui-pass/two-devices",
        "expected the program compiles",
    ]);
}

#[test]
fn a_hole_whose_program_ended_for_another_reason_is_not_closed() {
    let tree = open();
    let claim = "//@ claim: guard-needs-ioctl\n";
    let marked = UNGUARDED.replace(claim, &format!("{claim}//@ violation: memory-leak\n"));
    for (other, said) in [
        ("panic!()", "no report"),
        ("std::process::exit(0)", "no report"),
        ("nothing_of_this_name()", "E0425"),
    ] {
        let ends = format!("drop(dev.guard()); if true {{ {other}; }}");
        tree.write(PROGRAM, &marked.replace("drop(dev.guard());", &ends));
        let run = tree.run(&["--lane", "holes"]);
        run.is_red(&[
            "NOT JUDGED holes holes/api/unguarded",
            "0 passed, 1 not judged",
            said,
        ]);
        assert!(!run.stdout.contains("closed"), "{}", run.stdout);
    }
}

#[test]
fn a_case_that_fails_for_another_reason_is_not_waived() {
    let tree = open();
    let case = "ui-fail/guard/normal-method.rs";
    tree.edit(case, "dev.guard()", "dev.gaurd()");
    let run = tree.run(&["--lane", "verdict", "normal-method"]);
    run.is_red(&["FAILED verdict ui-fail/guard/normal-method"]);
    assert!(!run.stdout.contains("known hole"), "{}", run.stdout);
}
