//! Mutants of the miniature: who notices them, what survives, what makes no
//! sense, and when a waiver ends.

use std::process::Command;

use serde_json::Value;

use crate::tree::Run;
use crate::tree::Tree;

/// What is mutated, for the end of `soundcheck.toml`.
const KEYS: &str = "
[mutants]
sources = ['api/src']
by-hand = 'mutants'
waivers = 'waived.toml'
causes = 'causes.toml'
";

/// Written mutants: the claim, the lane that must notice, and the edit.
const WRITTEN: [(&str, &str, &str, &str, &str); 5] = [
    ("sent", "guard-stays", "verdict", "*mut ()", "*const u8, u8"),
    (
        "sendable",
        "guard-stays",
        "verdict",
        "&'a (), *mut ()",
        "&'a ()",
    ),
    (
        "sized",
        "context-zst",
        "build",
        "struct Ioctl;",
        "struct Ioctl(u8);",
    ),
    (
        "nonsense",
        "runs-clean",
        "run",
        "block: i32,",
        "block: Nothing,",
    ),
    (
        "leaked",
        "runs-clean",
        "run",
        "bindings::stub_free(self.block)",
        "",
    ),
];

/// A miniature with mutants.
fn tree() -> Tree {
    let tree = Tree::bare();
    let manifest = std::fs::read_to_string(tree.root().join("soundcheck.toml"));
    let manifest = manifest.expect("the file is there") + KEYS;
    tree.write("soundcheck.toml", &manifest);
    tree.write("causes.toml", "[causes]\n");
    for (name, claim, lane, find, replace) in WRITTEN {
        let text = format!(
            "what = 'An edit.'\nclaim = '{claim}'\nlanes = ['{lane}']\n[[edit]]\n\
             file = 'api/src/lib.rs'\nfind = \"{find}\"\nreplace = \"{replace}\"\n"
        );
        tree.write(&format!("mutants/{name}.toml"), &text);
    }
    tree
}

fn mutants(tree: &Tree, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soundcheck"));
    command
        .args(["mutants", "--root", tree.root().as_str(), "--target-dir"])
        .arg(tree.target())
        .args(arguments);
    Run::of(&mut command)
}

/// What was reported in JSON.
fn events(run: &Run) -> Vec<Value> {
    let lines = run.stdout.lines();
    let events = lines.map(|line| serde_json::from_str(line).expect("every line is JSON"));
    events.collect()
}

/// The verdict on a mutant, with the lane of who noticed it.
fn verdict(run: &Run, id: &str) -> String {
    let events = events(run);
    let mut found = events.iter().filter(|event| event["id"] == id);
    let event = found.next().expect("the mutant is reported");
    let verdict = event["verdict"].as_str().unwrap_or_default();
    match event["by"][0]["lane"].as_str() {
        Some(lane) => format!("{verdict} by {lane}"),
        None => verdict.to_owned(),
    }
}

#[test]
fn a_mutant_is_killed_or_survives_or_makes_no_sense() {
    let tree = tree();
    let run = mutants(&tree, &["by-hand@", "--format", "json"]);
    assert_eq!(verdict(&run, "by-hand@sendable"), "killed by verdict");
    assert_eq!(verdict(&run, "by-hand@sized"), "killed by build");
    assert_eq!(verdict(&run, "by-hand@leaked"), "killed by run");
    assert_eq!(verdict(&run, "by-hand@sent"), "survived");
    assert_eq!(verdict(&run, "by-hand@nonsense"), "unviable");
    assert_eq!(run.status, Some(1), "{run:#?}");
    let events = events(&run);
    let summary = events.last().expect("there is a summary");
    for (key, count) in [
        ("mutants", 5),
        ("killed", 3),
        ("survived", 1),
        ("waived", 0),
        ("unviable", 1),
        ("timeout", 0),
        // Somebody wrote one that does not build.
        ("problems", 1),
    ] {
        assert_eq!(summary[key], count, "{key}");
    }
    let again = mutants(&tree, &["by-hand@", "--format", "json"]);
    let events = self::events(&again);
    let fresh = events.iter().filter(|event| event["cached"] == false);
    assert_eq!(fresh.count(), 0, "{again:#?}");
}

#[test]
fn a_waiver_needs_a_survivor_and_the_code_that_it_quotes() {
    let tree = tree();
    tree.remove("mutants/nonsense.toml");
    let waive = |id: &str, code: &str| {
        let text = format!(
            "[[waiver]]\nmutants = ['{id}']\ncode = \"{code}\"\n\
             argument = 'Both types stay where they are.'\n"
        );
        tree.write("waived.toml", &text);
        mutants(&tree, &["by-hand@se"])
    };
    let waived = waive(
        "by-hand@sent",
        "struct Guard<'a>(PhantomData<(&'a (), *mut ())>);",
    );
    waived.is_green();
    assert!(waived.stdout.contains("waived by-hand@sent"), "{waived:#?}");
    waive(
        "by-hand@sent",
        "struct Guard<'a>(PhantomData<*mut &'a ()>);",
    )
    .is_red(&[
        "waived.toml:1: the waiver has expired: by-hand@sent does not edit the code",
        "survived by-hand@sent",
    ]);
    let code = "struct Guard<'a>(PhantomData<(&'a (), *mut ())>);";
    waive("by-hand@sendable", code)
        .is_red(&["an unneeded waiver: by-hand@sendable is noticed by ui-fail/guard/guard-send"]);
    waive("by-hand@gone", code).is_red(&["there is no mutant by-hand@gone"]);
}

#[test]
fn an_operator_finds_mutants_and_a_filter_must_match() {
    let tree = tree();
    let list = mutants(&tree, &["--list"]);
    list.is_green();
    assert!(list.stdout.lines().count() > 10, "{list:#?}");
    mutants(&tree, &["nobody"]).is_bad_input("no mutant matches `nobody`");
    let part = |number: usize| {
        let shard = format!("{number}/3");
        mutants(&tree, &["--list", "--shard", &shard])
            .stdout
            .lines()
            .count()
    };
    assert_eq!(part(1) + part(2) + part(3), list.stdout.lines().count());
    let sample = mutants(&tree, &["--list", "--sample", "4", "--seed", "7"]);
    assert_eq!(sample.stdout.lines().count(), 4);
}

#[test]
fn a_subject_that_is_red_is_not_mutated() {
    let tree = tree();
    tree.edit("api/src/lib.rs", "(&'a (), *mut ())", "&'a ()");
    tree.remove("mutants/sent.toml")
        .remove("mutants/sendable.toml");
    mutants(&tree, &[])
        .is_red(&["without any mutant, ui-fail/guard/guard-send of the lane verdict is fail"]);
}

#[test]
fn a_case_without_a_cause_is_red_until_one_is_recorded_or_declared() {
    let tree = tree();
    let case = "ui-fail/guard/guard-send";
    let lacks = "no edit of what is judged is known under which the case is not refused";
    tree.run(&["--lane", "verdict", case])
        .is_red(&[lacks, "--causes --record --case"]);
    let found = mutants(&tree, &["--causes", "--record", "--case", case, "by-hand@"]);
    found.is_green();
    assert!(found
        .stdout
        .contains("ui-fail/guard/guard-send\n    by-hand@sendable"));
    tree.run(&["--lane", "verdict", case]).is_green();
    tree.edit(
        "ui-fail/guard/guard-send.rs",
        "//@ claim: guard-stays",
        "//@ claim: guard-stays\n//@ cause: language, nobody can send a pointer",
    );
    tree.run(&["--lane", "verdict", case])
        .is_red(&["remove `//@ cause:`"]);
}
