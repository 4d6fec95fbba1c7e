//! Snapshots: what a difference is called, what `bless` rewrites, and what it
//! refuses to.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use crate::tree::Run;
use crate::tree::Tree;
use walkdir::WalkDir;

const API: &str = "api/src/lib.rs";
const NORMAL: &str = "ui-fail/guard/normal-method.rs";
const LANE: [&str; 2] = ["--lane", "snapshot"];

/// A tree with a snapshot of every case.
fn blessed() -> Tree {
    let tree = Tree::new();
    let run = bless(&tree, &[]);
    run.is_green();
    assert!(
        run.stdout.contains(": 9 new, 0 wording, 0 reason"),
        "{run:#?}"
    );
    tree
}

fn bless(tree: &Tree, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soundcheck"));
    command
        .args(["bless", "--root", tree.root().as_str(), "--target-dir"])
        .arg(tree.target())
        .args(arguments);
    Run::of(&mut command)
}

/// Every file of the tree with its bytes.
fn files(tree: &Tree) -> BTreeMap<String, Vec<u8>> {
    let walk = WalkDir::new(tree.root()).into_iter();
    let paths = walk.map(|entry| entry.expect("the tree can be walked").into_path());
    let files = paths.filter(|path| path.is_file());
    files
        .map(|path| {
            let bytes = fs::read(&path).expect("the file can be read");
            (path.to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

#[test]
fn without_snapshots_the_lane_does_not_run() {
    let tree = Tree::new();
    let run = tree.run(&["--lane", "verdict", "--lane", "snapshot"]);
    run.is_green();
    assert!(
        run.stdout
            .contains("not run: there are no snapshots for rustc"),
        "{run:#?}"
    );
    tree.run(&LANE)
        .is_bad_input("there are no snapshots for rustc");
}

#[test]
fn other_words_of_the_api_are_blessed() {
    let tree = blessed();
    tree.run(&LANE).is_green();
    tree.edit(API, "only types without size", "only types of no size");
    tree.run(&["--lane", "verdict"]).is_green();
    tree.run(&LANE).is_red(&[
        "FAILED snapshot ui-fail/size/sized-type",
        "wording: the same errors on the same lines",
        "cargo soundcheck bless ui-fail/size/sized-type",
        "8 passed, 1 failed",
    ]);
    let run = bless(&tree, &["sized-type"]);
    run.is_green();
    assert!(
        run.stdout.contains("wording  ui-fail/size/sized-type"),
        "{run:#?}"
    );
    tree.run(&LANE).is_green();
}

#[test]
fn a_missing_import_is_never_blessed() {
    let tree = blessed();
    tree.edit(NORMAL, "use kernel::drm;\n", "// Nothing.\n");
    let before = files(&tree);
    let run = bless(&tree, &[]);
    run.is_red(&[
        "refused  ui-fail/guard/normal-method",
        "a broken test: E0433",
        "1 refused",
    ]);
    assert!(files(&tree) == before, "something was rewritten");
    tree.run(&["--lane", "verdict"])
        .is_red(&["FAILED verdict ui-fail/guard/normal-method"]);
    tree.run(&LANE).is_red(&[
        "FAILED snapshot ui-fail/guard/normal-method",
        "reason: other errors, or errors on other lines",
        "look at the marks first; bless never edits them",
    ]);
}

#[test]
fn an_error_that_moved_is_a_reason() {
    let tree = blessed();
    tree.edit(NORMAL, "use kernel::drm;\n", "use kernel::drm;\n\n");
    tree.run(&["--lane", "verdict"]).is_green();
    tree.run(&LANE).is_red(&[
        "- error[E0599] 7:17-22",
        "+ error[E0599] 8:17-22",
        "reason: ",
    ]);
    let run = bless(&tree, &["normal-method"]);
    run.is_green();
    assert!(
        run.stdout.contains("reason   ui-fail/guard/normal-method"),
        "{run:#?}"
    );
}

#[test]
fn a_pass_of_the_cache_is_of_one_snapshot() {
    let tree = blessed();
    tree.run(&LANE).is_green();
    let again = tree.run(&LANE);
    assert!(again.stdout.contains("as before"), "{again:#?}");
    let path = snapshot(&tree, "guard.txt");
    tree.edit(&path, "cannot be sent", "may not be sent");
    tree.run(&LANE)
        .is_red(&["FAILED snapshot ui-fail/guard/guard-send", "wording: "]);
}

#[test]
fn a_snapshot_without_a_case_is_bad_input_until_it_is_blessed_away() {
    let tree = blessed();
    tree.remove("ui-fail/guard/guard-send.rs");
    tree.remove("ui-fail/guard/guard-send.stderr");
    let orphan = "orphan snapshot: there is no case ui-fail/guard/guard-send";
    tree.run(&LANE).is_bad_input(orphan);
    let run = bless(&tree, &["guard-send"]);
    run.is_green();
    assert!(
        run.stdout.contains("deleted  ui-fail/guard/guard-send"),
        "{run:#?}"
    );
    tree.run(&["--lane", "snapshot", "guard"]).is_green();
}

#[test]
fn a_damaged_snapshot_is_bad_input() {
    let tree = blessed();
    let path = snapshot(&tree, "guard.txt");
    tree.edit(&path, "[guard-send]\n", "<<<<<<< HEAD\n[guard-send]\n");
    tree.run(&LANE).is_bad_input("guard.txt:");
}

#[test]
fn a_toolchain_that_is_not_there_is_bad_input() {
    let tree = Tree::new();
    tree.run(&["--toolchain", "no-such"])
        .is_bad_input("there is no toolchain `no-such`");
    tree.run(&["--toolchain", "/no/rustc"])
        .is_bad_input("there is no compiler at /no/rustc");
}

/// The path of a file with snapshots of the compiler in use.
fn snapshot(tree: &Tree, name: &str) -> String {
    let folder = tree.root().join("snapshots/diagnostics");
    let mut labels = folder.read_dir_utf8().expect("there are snapshots");
    let label = labels.next().expect("there is a toolchain");
    let label = label.expect("its folder can be read");
    format!("snapshots/diagnostics/{}/{name}", label.file_name())
}
