//! Each lane is green on the miniature tree and red on what it is there for.

use crate::tree::Tree;

const NORMAL: &str = "ui-fail/guard/normal-method.rs";
const API: &str = "api/src/lib.rs";

#[test]
fn an_untouched_tree_is_green_batched_and_isolated() {
    let tree = Tree::new();
    let batched = tree.run(&[]);
    batched.is_green();
    let ledger = "ledger: 26 found, 26 judged, 26 reported";
    assert!(batched.stdout.contains(ledger), "{}", batched.stdout);
    let isolated = tree.run(&["--isolated", "--lane", "verdict", "--lane", "twins"]);
    isolated.is_green();
    assert!(
        isolated.stdout.contains("9 confirmed alone"),
        "{}",
        isolated.stdout
    );
}

#[test]
fn an_unproven_claim_is_red() {
    let tree = Tree::new();
    tree.remove("necessity/leak.rs");
    tree.run(&["--lane", "verdict"]).is_red(&[
        "error: contracts/claims.toml:48: unproven claim `free-needed`: A device that is never freed leaks.",
    ]);
}

#[test]
fn a_lane_without_cases_is_red() {
    let tree = Tree::new();
    tree.remove("layout/contexts.rs");
    let run = tree.run(&["--lane", "layout", "--lane", "verdict"]);
    run.is_red(&["lane layout did not run: it has no cases"]);
}

#[test]
fn an_api_that_does_not_build_names_its_claim() {
    let tree = Tree::new();
    tree.edit(API, "pub struct Normal;", "pub struct Normal(u8);");
    tree.run(&[]).is_red(&[
        "FAILED build api/context-zst (api/src/lib.rs:33)",
        "claim    context-zst: A context has no size.",
        "lane verdict did not run: 9 cases lost",
        "lane controls did not run: 1 cases lost",
    ]);
}

#[test]
fn a_hole_in_the_api_is_red_and_names_the_claim() {
    let tree = Tree::new();
    tree.edit(API, "impl Device<Ioctl>", "impl<C> Device<C>");
    tree.run(&["--lane", "verdict"]).is_red(&[
        "FAILED verdict ui-fail/guard/normal-method (ui-fail/guard/normal-method.rs:7)",
        "claim    guard-needs-ioctl: A registration guard needs a device that was registered.",
        "expected E0599 guard on line 7",
        "got      the program compiles",
    ]);
}

#[test]
fn a_missing_import_is_a_broken_test() {
    let tree = Tree::new();
    tree.edit(NORMAL, "use kernel::drm;\n", "");
    tree.run(&["--lane", "verdict", "guard/normal-method"])
        .is_red(&["got      a broken test: E0433", "next     mend the case"]);
}

#[test]
fn a_failure_through_a_lint_only_is_red() {
    let tree = Tree::new();
    let lint = "#![deny(unused_variables)]\nuse kernel::drm;\n";
    tree.edit(NORMAL, "use kernel::drm;\n", lint);
    tree.edit(
        NORMAL,
        "_ = dev.guard(); //~ E0599 guard",
        "unused = dev; //~ E0599",
    );
    tree.run(&["--lane", "verdict", "guard/normal-method"])
        .is_red(&["got      the program compiles"]);
}

#[test]
fn an_error_on_another_line_is_red() {
    let tree = Tree::new();
    tree.edit(
        NORMAL,
        "let _ = dev.guard(); //~",
        "let _ =\n    dev.guard();\n//~",
    );
    tree.run(&["--lane", "verdict", "guard/normal-method"])
        .is_red(&["got      no E0599 guard on line 9"]);
}

#[test]
fn an_error_without_a_mark_is_red() {
    let tree = Tree::new();
    tree.edit(
        NORMAL,
        "let _ = dev.guard();",
        "let () = 1;\n    let _ = dev.guard();",
    );
    tree.run(&["--lane", "verdict", "guard/normal-method"])
        .is_red(&["error[E0308]: mismatched types"]);
}

#[test]
fn a_twin_that_does_not_compile_is_red() {
    let tree = Tree::new();
    tree.edit(
        NORMAL,
        "fn case(dev: &drm::Device<drm::Ioctl>)",
        "fn case(dev: &drm::Device<u8>)",
    );
    tree.run(&["--lane", "twins"]).is_red(&[
        "FAILED twins ui-fail/guard/normal-method (ui-fail/guard/normal-method.rs:11)",
        "expected the twin compiles",
        "8 passed, 1 failed",
    ]);
}

#[test]
fn a_twin_that_fails_in_code_generation_is_red() {
    let tree = Tree::new();
    tree.edit(
        "ui-fail/size/sized-type.rs",
        "take_zst::<()>",
        "take_zst::<u16>",
    );
    // In a batch, and as a program of its own.
    for how in [&[][..], &["--isolated"]] {
        tree.run(&[&["--lane", "twins"], how].concat()).is_red(&[
            "FAILED twins ui-fail/size/sized-type",
            "only types without size",
        ]);
    }
}

#[test]
fn a_twin_has_no_unstable_feature() {
    let tree = Tree::new();
    let feature = "#![cfg_attr(twin, feature(never_type))]\nuse kernel::drm;";
    tree.edit(NORMAL, "use kernel::drm;", feature);
    for how in [&[][..], &["--isolated"]] {
        tree.run(&[&["--lane", "twins"], how].concat())
            .is_red(&["FAILED twins ui-fail/guard/normal-method"]);
    }
}

#[test]
fn a_layout_that_differs_is_red_in_every_mode() {
    let tree = Tree::new();
    tree.edit("layout/contexts.rs", ") == size", ") != size");
    tree.run(&["--lane", "layout"]).is_red(&[
        "FAILED layout layout/contexts@debug (layout/contexts.rs:6)",
        "FAILED layout layout/contexts@release (layout/contexts.rs:6)",
        "FAILED layout layout/contexts@randomized (layout/contexts.rs:6)",
    ]);
}

#[test]
fn a_layout_that_only_luck_provides_is_red_when_randomized() {
    let tree = Tree::new();
    let fields = "pub struct Pair { pub a: u64, pub b: u64, pub c: u64, pub d: u64, pub e: u64, pub f: u64 }";
    tree.edit(
        API,
        "    /// A device.\n",
        &format!("    /// A pair.\n    {fields}\n    /// A device.\n"),
    );
    let ordered = "const _: () = { use core::mem::offset_of as at; assert!(at!(drm::Pair, a) < at!(drm::Pair, b) && at!(drm::Pair, b) < at!(drm::Pair, c) && at!(drm::Pair, c) < at!(drm::Pair, d) && at!(drm::Pair, d) < at!(drm::Pair, e) && at!(drm::Pair, e) < at!(drm::Pair, f)) };\nfn main()";
    tree.edit("layout/contexts.rs", "fn main()", ordered);
    let run = tree.run(&["--lane", "layout"]);
    run.is_red(&[
        "FAILED layout layout/contexts@randomized",
        "2 passed, 1 failed",
    ]);
}

#[test]
fn an_assert_in_generic_code_of_a_layout_program_is_evaluated() {
    let tree = Tree::new();
    tree.edit(
        "layout/contexts.rs",
        "fn main() {",
        "fn unused() { drm::take_zst::<u8>() }\nfn main() {",
    );
    tree.run(&["--lane", "layout"])
        .is_red(&["only types without size"]);
}
