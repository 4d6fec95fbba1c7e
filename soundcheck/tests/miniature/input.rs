//! Bad input ends a run before anything is judged, with one clear line.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::tree::Run;
use crate::tree::Tree;

const NORMAL: &str = "ui-fail/guard/normal-method.rs";

/// Runs the tool on a tree with words in just this order.
fn call(tree: &Tree, words: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soundcheck"));
    let (root, target) = (tree.root(), tree.target());
    let place = ["--root", root.as_str(), "--target-dir", target.as_str()];
    Run::of(command.args(place).args(words))
}

#[test]
fn options_of_every_command_before_a_command_do_not_hide_it() {
    let tree = Tree::new();
    let run = call(&tree, &["list", "normal-method"]);
    run.is_green();
    assert!(run.stdout.starts_with("ui-fail/guard/normal-method ("));
    call(&tree, &["matrix", "guard"]).is_bad_input("contracts/api.toml: is missing");
}

#[test]
fn options_of_check_before_a_command() {
    let tree = Tree::new();
    call(&tree, &["--no-cache", "list"])
        .is_bad_input("--no-cache stands before the command `list`");
    call(&tree, &["guard", "list"]).is_bad_input("the command `list` stands behind a filter");
}

#[test]
fn a_misspelt_command() {
    let tree = Tree::new();
    for words in [&["chek"][..], &["chek", "guard"], &["guard", "chek"]] {
        call(&tree, words).is_bad_input("did you mean the command `check`?");
    }
    let run = call(&tree, &["check", "chek"]);
    assert!(!run.stderr.contains("command"), "{run:?}");
}

#[test]
fn options_that_say_nothing_to_a_command() {
    let tree = Tree::new();
    call(&tree, &["bless", "--kernel", "build"]).is_bad_input("--kernel says nothing to `bless`");
    call(&tree, &["list", "--source", "linux"])
        .is_bad_input("--source describes a kernel tree, and none is named");
}

#[test]
fn a_typo_in_a_directive() {
    let tree = Tree::new();
    tree.edit(NORMAL, "//@ claim:", "//@ generations: api\n//@ clam:");
    tree.run(&[]).is_bad_inputs(&[
        "ui-fail/guard/normal-method.rs:3: unknown directive `clam`, did you mean `claim`?",
        "ui-fail/guard/normal-method.rs:1: the case names no claim",
    ]);
}

#[test]
fn an_unknown_claim() {
    let tree = Tree::new();
    tree.edit(NORMAL, "guard-needs-ioctl", "guard-need-ioctl");
    tree.run(&[])
        .is_bad_input("unknown claim `guard-need-ioctl`, did you mean `guard-needs-ioctl`?");
}

#[test]
fn an_unknown_claim_in_the_api() {
    let tree = Tree::new();
    tree.edit("api/src/lib.rs", "claim context-zst:", "claim context-zat:");
    tree.run(&[]).is_bad_input(
        "api/src/lib.rs:35: unknown claim `context-zat`, did you mean `context-zst`?",
    );
}

#[test]
fn a_claim_file_with_a_typo() {
    let tree = Tree::new();
    tree.edit("contracts/claims.toml", "naming = true", "nameing = true");
    tree.run(&[])
        .is_bad_input("contracts/claims.toml:35: unknown field `nameing`");
}

#[test]
fn a_duplicate_id() {
    let tree = Tree::new();
    let text = fs::read_to_string(tree.root().join(NORMAL)).expect("the case is there");
    tree.case("ui-fail/token/Normal-Method.rs", &text);
    tree.run(&[]).is_bad_input("duplicate id `normal-method`");
}

#[test]
fn an_orphan_snapshot() {
    let tree = Tree::new();
    tree.write("ui-fail/guard/gone.stderr", "error");
    tree.run(&[])
        .is_bad_input("ui-fail/guard/gone.stderr: orphan snapshot");
}

#[test]
fn a_missing_snapshot_is_a_matter_of_the_snapshot_lane() {
    let tree = Tree::new();
    tree.remove("ui-fail/guard/normal-method.stderr");
    let lanes = ["--lane", "verdict", "--lane", "twins", "normal-method"];
    tree.run(&lanes).is_green();
    call(&tree, &["list"]).is_green();
    let run = tree.run(&["guard"]);
    run.is_red(&[
        "the snapshot ui-fail/guard/normal-method.stderr is missing",
        "next: `cargo soundcheck bless ui-fail/guard/normal-method`",
        "0 of ",
    ]);
    assert_eq!(run.stdout.matches("is missing").count(), 1);
    tree.run(&["token"]).is_green();
}

#[test]
fn a_file_that_is_no_case_after_all() {
    let tree = Tree::new();
    let expect = |line: &str| {
        tree.run(&["--lane", "verdict"]).is_bad_input(line);
        call(&tree, &["list"]).is_bad_input(line);
    };
    tree.write("ui-fail/guard/loud.RS", "fn main() {}");
    expect("ui-fail/guard/loud.RS: looks like a case, and its extension does not");
    tree.remove("ui-fail/guard/loud.RS");

    tree.write("ui-fail/guard/folder.rs/inside.txt", "");
    expect("ui-fail/guard/folder.rs: has the name of a case, and is no file");
    tree.remove("ui-fail/guard/folder.rs");

    tree.write("ui-fail/guard/empty.rs", "\n");
    expect("ui-fail/guard/empty.rs: the file is empty");
    tree.remove("ui-fail/guard/empty.rs");

    let folder = tree.root().join("ui-fail/guard").into_std_path_buf();
    let binary = folder.join("binary.rs");
    fs::write(&binary, [0xff]).expect("a file can be written");
    expect("ui-fail/guard/binary.rs: cannot be read: stream did not contain valid UTF-8");
    fs::remove_file(binary).expect("it is there");

    let strange = folder.join(OsStr::from_bytes(b"na\xefve.rs"));
    fs::write(&strange, "fn main() {}").expect("a file can be written");
    expect("ve.rs: the name is not UTF-8");
    fs::remove_file(strange).expect("it is there");

    let secret = tree.root().join("ui-fail/guard/normal-ufcs.rs");
    let modes = fs::Permissions::from_mode(0o000);
    fs::set_permissions(&secret, modes).expect("modes can be set");
    // Nothing is secret to the superuser.
    if fs::read(&secret).is_err() {
        expect("ui-fail/guard/normal-ufcs.rs: cannot be read: Permission denied");
    }
}

#[test]
fn a_linked_folder_is_judged_and_nothing_twice() {
    let tree = Tree::new();
    let count = || call(&tree, &["list"]).stdout.lines().count();
    let before = count();
    let text = fs::read_to_string(tree.root().join(NORMAL)).expect("the case is there");
    tree.write("../elsewhere/other-method.rs", &text);
    tree.write("../elsewhere/other-method.stderr", "");
    let link = |to: &str, name: &str| {
        let made = symlink(tree.root().join(to), tree.root().join(name));
        made.expect("a link can be made");
    };
    link("../elsewhere", "ui-fail/linked");
    assert_eq!(count(), before + 1);
    tree.run(&["--lane", "verdict", "linked/other"]).is_green();
    let refused = |line: &str| tree.run(&["--lane", "verdict"]).is_bad_input(line);

    link("ui-fail/guard/normal-method.rs", "ui-fail/linked/again.rs");
    refused("ui-fail/linked/again.rs: a link to ui-fail/guard/normal-method.rs, which is");
    tree.remove("ui-fail/linked/again.rs");
    link("ui-fail", "ui-fail/linked/round");
    refused("ui-fail/linked/round: a link back to ");
    tree.remove("../elsewhere");
    refused("ui-fail/linked: cannot be read: No such file");
}

#[test]
fn a_case_about_kernels_needs_no_snapshot() {
    let tree = Tree::new();
    let text = fs::read_to_string(tree.root().join(NORMAL)).expect("the case is there");
    let text = text.replace("//@ claim", "//@ generations: linux-7.2\n//@ claim");
    tree.write("ui-fail/linux-7.2/guard/kernel-method.rs", &text);
    tree.run(&["--lane", "verdict"]).is_green();
    tree.write("ui-fail/linux-7.2/guard/kernel-method.stderr", "error");
    tree.run(&[])
        .is_bad_input("ui-fail/linux-7.2/guard/kernel-method.stderr: orphan snapshot");
}

#[test]
fn a_case_where_trybuild_takes_it_for_one_of_ours() {
    let tree = Tree::new();
    let text = fs::read_to_string(tree.root().join(NORMAL)).expect("the case is there");
    let about_kernels = text.replace("//@ claim", "//@ generations: linux-7.2\n//@ claim");
    tree.write("ui-fail/guard/kernel-method.rs", &about_kernels);
    tree.run(&[])
        .is_bad_input("a case about linux-7.2 does not belong here");
    tree.remove("ui-fail/guard/kernel-method.rs");
    tree.case("ui-fail/linux-7.2/guard/lost-method.rs", &text);
    tree.run(&[])
        .is_bad_input("a case about api does not belong here");
}

#[test]
fn no_cases() {
    let tree = Tree::new();
    tree.remove("ui-fail").write("ui-fail/README.md", "");
    tree.run(&[]).is_bad_input("ui-fail: there are no cases");
}

#[test]
fn no_folder_of_cases() {
    let tree = Tree::new();
    tree.remove("ui-fail").remove("layout");
    tree.run(&[]).is_bad_inputs(&[
        "soundcheck.toml:28: there is no folder `ui-fail`",
        "soundcheck.toml:40: there is no folder `layout`",
    ]);
}

#[test]
fn a_case_that_no_glob_would_find() {
    let tree = Tree::new();
    tree.write("ui-fail/stray.rs", "fn main() {}");
    tree.run(&[])
        .is_bad_input("ui-fail/stray.rs: a case outside of a claim folder");
}

#[test]
fn a_target_of_the_package_is_no_case() {
    let tree = Tree::new();
    tree.write("ui-fail/ui.rs", "fn main() {}");
    tree.write(
        "ui-fail/Cargo.toml",
        "[[test]]\nname = \"ui\"\npath = \"ui.rs\"\n",
    );
    tree.run(&["nothing-has-this-name"])
        .is_bad_input("no case of the selected lanes matches");
}

#[test]
fn a_filter_that_matches_nothing() {
    let tree = Tree::new();
    tree.run(&["guard", "gaurd"])
        .is_bad_input("no case of the selected lanes matches `gaurd`");
    tree.run(&["--lane", "run", "guard"])
        .is_bad_input("no case of the selected lanes matches `guard`");
}

#[test]
fn a_case_without_a_twin() {
    let tree = Tree::new();
    tree.edit(NORMAL, "#[cfg(twin)]", "#[cfg(any())]");
    tree.edit(NORMAL, "#[cfg(not(twin))]", "");
    tree.run(&[]).is_bad_input("there is no twin");
}

#[test]
fn a_twin_equal_to_the_case() {
    let tree = Tree::new();
    tree.edit(NORMAL, "drm::Ioctl", "drm::Normal");
    tree.run(&[]).is_bad_input("the twin is equal to the case");
}

#[test]
fn an_emptied_case() {
    let tree = Tree::new();
    tree.edit(NORMAL, "//~ E0599 guard", "");
    tree.run(&[]).is_bad_input("the case declares no error");
}

#[test]
fn a_contract_that_a_broken_test_would_meet() {
    let tree = Tree::new();
    tree.edit(NORMAL, "//~ E0599", "//~ E0425");
    tree.run(&[])
        .is_bad_input("ui-fail/guard/normal-method.rs:7: E0425 says that a test is broken");
}

#[test]
fn a_contract_that_is_no_code() {
    let tree = Tree::new();
    tree.edit(NORMAL, "//~ E0599", "//~ unused_must_use");
    tree.run(&[])
        .is_bad_input("`unused_must_use` is neither an error code");
}

#[test]
fn faults_of_cases_that_were_not_selected_are_not_in_the_way() {
    let tree = Tree::new();
    tree.edit(NORMAL, "//~ E0599 guard", "");
    tree.run(&["--lane", "verdict", "token"]).is_green();
}

#[test]
fn a_directory_that_is_no_workspace() {
    let tree = Tree::new();
    tree.remove("soundcheck.toml");
    tree.run(&[]).is_bad_input("is no workspace");
}

#[test]
fn the_sanitizer_with_another_lane() {
    let tree = Tree::new();
    tree.run(&["--sanitize", "address", "--lane", "twins"])
        .is_bad_input("--sanitize judges the run lane only");
}

#[test]
fn a_program_without_a_claim_is_not_passed_over() {
    let tree = Tree::new();
    tree.write("ui-pass/forgotten.rs", "//! Runs.\npub fn main() {}\n");
    tree.run(&[])
        .is_bad_input("ui-pass/forgotten.rs:1: the case names no claim");
}

#[test]
fn a_case_that_is_nested_too_deeply() {
    let tree = Tree::new();
    let (open, close) = ("(".repeat(3_000), ")".repeat(3_000));
    for deep in [
        format!("{open}1{close}"),
        format!("{}true", "!".repeat(6_000)),
    ] {
        let text = "//! Deep.\n//@ claim: guard-needs-ioctl\n\nfn main() { DEEP; } //~ E0308\n";
        let case = "ui-fail/guard/deep.rs";
        tree.case(case, &text.replace("DEEP", &deep));
        let line = "ui-fail/guard/deep.rs:4: nested deeper than 2000 brackets and operators";
        tree.run(&[]).is_bad_input(line);
        call(&tree, &["list"]).is_bad_input(line);
        tree.remove(case).remove("ui-fail/guard/deep.stderr");
    }
}

#[test]
fn a_hole_in_code_that_is_not_safe() {
    let tree = Tree::new();
    let hole = |code: &str| {
        let text = "//! A hole.\n//@ claim: runs-clean\npub fn main() { CODE }\n";
        tree.write("holes/hole.rs", &text.replace("CODE", code));
        tree.run(&[])
    };
    hole("\"//\"; unsafe { core::hint::unreachable_unchecked() }")
        .is_bad_input("the program says `unsafe`");
    hole("/* /* */ */ m!(unsafe {})").is_bad_input("the program says `unsafe`");
    hole("include!(\"elsewhere.rs\")").is_bad_input("takes in another file by `include`");
    hole("} mod elsewhere; fn f() {").is_bad_input("takes in another file by `mod`");
    hole("\"unsafe {}").is_bad_input("the program cannot be read");
    let run = hole("\"unsafe\"; /* unsafe */");
    assert!(!run.stderr.contains("hole.rs:1: the program"), "{run:#?}");
}
