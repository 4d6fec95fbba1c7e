//! The lanes that run programs: violations, replays, hangs, crashes, sanitizer.

use crate::tree::Tree;

const PROGRAM: &str = "ui-pass/two-devices.rs";

#[test]
fn a_violation_is_red() {
    let tree = Tree::new();
    tree.edit(PROGRAM, "first.touch();", "core::mem::forget(first);");
    tree.run(&["--lane", "run"]).is_red(&[
        "FAILED run ui-pass/two-devices (ui-pass/two-devices.rs)",
        "claim    runs-clean: Devices are freed once, also when a call fails.",
        "expected outcome ok and no violation",
        "violation memory-leak: it happened",
        "1 passed, 1 failed",
    ]);
}

#[test]
fn a_violation_in_a_replay_only_is_red() {
    let tree = Tree::new();
    let careless = "let first = core::mem::ManuallyDrop::new(first);\n    let second = drm::Device::<drm::Ioctl>::new()?;\n    let first = core::mem::ManuallyDrop::into_inner(first);";
    tree.edit(
        PROGRAM,
        "let second = drm::Device::<drm::Ioctl>::new()?;",
        careless,
    );
    let run = tree.run(&["--lane", "run"]);
    run.is_red(&[
        "expected no violation when fallible call 2 fails",
        "outcome error (errno -12), after stub_alloc was made to fail",
        "violation memory-leak",
    ]);
    tree.edit(
        PROGRAM,
        "//@ claim",
        "//@ replay: off, it is careless on purpose\n//@ claim",
    );
    tree.run(&["--lane", "run"]).is_green();
}

#[test]
fn a_runner_without_injection_is_red() {
    let tree = Tree::new();
    tree.edit(
        "hw-stub/src/lib.rs",
        "state.calls == state.fail",
        "state.calls == 99",
    );
    tree.run(&["--lane", "run"])
        .is_red(&["expected no violation when fallible call 1 fails"]);
}

#[test]
fn a_program_that_returns_an_error_is_red() {
    let tree = Tree::new();
    tree.edit(
        PROGRAM,
        "    Ok(())",
        "    drm::Device::<drm::Normal>::new().and(Err(error()))",
    );
    tree.edit(
        PROGRAM,
        "pub fn main",
        "fn error() -> kernel::error::Error { kernel::error::Error::new(-5) }\n\npub fn main",
    );
    tree.edit("api/src/lib.rs", "    impl Error {", "    impl Error {\n        /// An error.\n        pub fn new(errno: i32) -> Self { Self(errno) }\n");
    tree.run(&["--lane", "run"])
        .is_red(&["outcome error (errno -5)"]);
}

#[test]
fn a_program_that_hangs_is_red() {
    let tree = Tree::new();
    tree.edit(
        PROGRAM,
        "first.touch();",
        "loop { std::thread::yield_now(); }",
    );
    tree.run(&["--lane", "run", "--timeout", "1"])
        .is_red(&["no report of its own: the process was ended after 1 s"]);
}

#[test]
fn a_program_that_dies_is_red() {
    let tree = Tree::new();
    tree.edit(PROGRAM, "first.touch();", "std::process::abort();");
    tree.run(&["--lane", "run"])
        .is_red(&["no report of its own: the process was killed by signal 6"]);
}

#[test]
fn a_program_that_does_not_compile_does_not_hide_the_others() {
    let tree = Tree::new();
    tree.edit(PROGRAM, "first.touch();", "first.tuoch();");
    tree.run(&["--lane", "run"]).is_red(&[
        "FAILED run ui-pass/two-devices (ui-pass/two-devices.rs:8)",
        "error[E0599]",
        "1 passed, 1 failed",
    ]);
}

/// The linker's error names no file.
#[test]
fn a_program_that_does_not_link_does_not_hide_the_others() {
    let tree = Tree::new();
    let calls = "extern \"C\" { fn nowhere(); }\n    unsafe { nowhere() };\n    first.touch();";
    tree.edit(PROGRAM, "first.touch();", calls);
    tree.run(&["--lane", "run"]).is_red(&[
        "FAILED run ui-pass/two-devices (ui-pass/two-devices.rs)",
        "expected the program compiles",
        "1 passed, 1 failed",
    ]);
}

#[test]
fn a_harmless_control_is_red() {
    let tree = Tree::new();
    tree.edit("necessity/leak.rs", "core::mem::forget(", "drop(");
    tree.run(&["--lane", "controls"]).is_red(&[
        "expected violation memory-leak, and no other",
        "got      outcome ok",
    ]);
}

#[test]
fn another_violation_than_the_named_one_is_red() {
    let tree = Tree::new();
    tree.edit(
        "necessity/leak.rs",
        "violation: memory-leak",
        "violation: double-free",
    );
    tree.run(&["--lane", "controls"])
        .is_red(&["expected violation double-free", "violation memory-leak"]);
}

#[test]
fn a_planted_use_after_free_is_found_by_the_sanitizer() {
    let tree = Tree::new();
    tree.run(&["--sanitize", "address"]).is_green();
    let planted = "let freed = Box::into_raw(Box::new(1u8));\n    unsafe { drop(Box::from_raw(freed)) };\n    assert_ne!(unsafe { freed.read_volatile() }, 2);";
    tree.edit(PROGRAM, "first.touch();", planted);
    tree.run(&["--sanitize", "address"]).is_red(&[
        "FAILED run ui-pass/two-devices",
        "AddressSanitizer: heap-use-after-free",
    ]);
}

#[test]
fn a_program_may_have_modules() {
    let tree = Tree::new();
    tree.write("ui-pass/parts/helper.rs", "pub fn help() {}\n");
    let module = "#[path = \"parts/helper.rs\"]\nmod helper;\n\npub fn main";
    tree.edit(PROGRAM, "pub fn main", module);
    tree.edit(PROGRAM, "first.touch();", "helper::help();");
    tree.run(&["--lane", "run"]).is_green();
}
