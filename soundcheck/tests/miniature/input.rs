//! Bad input ends a run before anything is judged, with one clear line.

use crate::tree::Tree;

const NORMAL: &str = "ui-fail/guard/normal-method.rs";

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
    let text = std::fs::read_to_string(tree.root().join(NORMAL)).expect("the case is there");
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
fn a_missing_snapshot() {
    let tree = Tree::new();
    tree.remove("ui-fail/guard/normal-method.stderr");
    tree.run(&[])
        .is_bad_input("the snapshot ui-fail/guard/normal-method.stderr is missing");
}

#[test]
fn a_case_about_kernels_needs_no_snapshot() {
    let tree = Tree::new();
    let text = std::fs::read_to_string(tree.root().join(NORMAL)).expect("the case is there");
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
    let text = std::fs::read_to_string(tree.root().join(NORMAL)).expect("the case is there");
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
    tree.remove("ui-fail");
    tree.run(&[]).is_bad_input("ui-fail: there are no cases");
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
