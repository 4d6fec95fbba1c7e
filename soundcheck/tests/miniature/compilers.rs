//! Compilers that fail: one that crashes or is killed gives no verdict, and
//! disturbs no other case.

use crate::tree::Tree;

const NORMAL: &str = "ui-fail/guard/normal-method";

/// Some lines of shell that a compiler begins with.
fn run(tree: &Tree, lines: &str, arguments: &[&str]) -> crate::tree::Run {
    let rustc = tree.compiler(lines);
    let mut command = tree.command(arguments);
    crate::tree::Run::of(command.env("RUSTC", rustc))
}

#[test]
fn an_internal_error_is_no_verdict() {
    let tree = Tree::new();
    let crash = "case \"$*\" in *normal-method.rs*) export RUSTC_BOOTSTRAP=1; set -- \"$@\" -Ztreat-err-as-bug=1 ;; esac";
    let red = run(&tree, crash, &["--isolated", "--lane", "verdict"]);
    red.is_red(&[
        "NOT JUDGED verdict ui-fail/guard/normal-method",
        "rustc ended with status 101",
        "8 passed, 1 not judged",
    ]);
    let litter = std::fs::read_dir(tree.root()).expect("the tree is a folder");
    let litter = litter.flatten().map(|entry| entry.file_name());
    let litter: Vec<_> = litter
        .filter(|name| name.to_string_lossy().contains("ice"))
        .collect();
    assert!(litter.is_empty(), "{litter:?}");
}

#[test]
fn a_batch_that_crashes_decides_nothing() {
    let tree = Tree::new();
    let crash = "case \"$*\" in *--crate-name\\ batch*) export RUSTC_BOOTSTRAP=1; set -- \"$@\" -Ztreat-err-as-bug=1 ;; esac";
    let run = run(&tree, crash, &["--lane", "verdict", "--verbose"]);
    run.is_green();
    let why = format!("{NORMAL} confirmed alone: the compiler crashed");
    assert!(run.stdout.contains(&why), "{}", run.stdout);
}

#[test]
fn a_compiler_that_is_killed_gives_no_verdict() {
    let tree = Tree::new();
    let kill = "case \"$*\" in *normal-method.rs*) kill -9 $$ ;; esac";
    for lane in ["verdict", "twins"] {
        let run = run(&tree, kill, &["--isolated", "--lane", lane]);
        run.is_red(&[
            &format!("NOT JUDGED {lane} {NORMAL}"),
            "rustc was killed by signal 9: not judged",
            "8 passed, 1 not judged",
        ]);
    }
}

#[test]
fn a_batch_that_is_killed_is_judged_another_way() {
    let tree = Tree::new();
    let kill = "case \"$*\" in *--crate-name\\ batch*) kill -9 $$ ;; esac";
    run(&tree, kill, &["--lane", "verdict", "--lane", "twins"]).is_green();
    // The verdicts of the way round are those of the usual one, also now.
    tree.edit("api/src/lib.rs", "impl Device<Ioctl>", "impl<C> Device<C>");
    let red = run(&tree, kill, &["--lane", "verdict"]);
    red.is_red(&["FAILED verdict ui-fail/guard/normal-method"]);
}

#[test]
fn a_compiler_that_refuses_everything_is_not_believed() {
    let tree = Tree::new();
    let refuse = "case \"$*\" in *--crate-name\\ case*|*--crate-name\\ batch*) echo 'no space left on device' >&2; exit 1 ;; esac";
    let run = run(&tree, refuse, &["--lane", "verdict"]);
    run.is_red(&["0 passed, 9 not judged", "no space left on device"]);
}
