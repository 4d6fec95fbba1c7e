//! The cache must not lie either: it answers only while nothing has changed,
//! keeps no failure, and survives runs that are killed or meet another.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::tree::Run;
use crate::tree::Tree;

const API: &str = "api/src/lib.rs";

impl Run {
    /// The ids that were judged by a compiler or a program, not by the cache.
    fn judged(&self) -> Vec<String> {
        let lines = self.stdout.lines().map(serde_json::from_str::<Value>);
        let lines = lines.map(|line| line.expect("every line is JSON"));
        let fresh = lines.filter(|line| line["event"] == "case" && line["cached"].is_null());
        let fresh = fresh.filter(|line| line["lane"] != "build");
        fresh
            .map(|line| format!("{} {}", line["lane"], line["id"]).replace('"', ""))
            .collect()
    }

    /// The ledger, with the hash of all verdicts.
    fn ledger(&self) -> String {
        let mut lines = self.stdout.lines().rev();
        let summary: Value = lines
            .find(|line| line.contains("ledger"))
            .and_then(|line| serde_json::from_str(line).ok())
            .expect("the summary is JSON");
        summary["ledger"].to_string()
    }
}

fn json(tree: &Tree) -> Run {
    tree.run(&["--format", "json"])
}

#[test]
fn a_run_without_changes_starts_neither_rustc_nor_cargo() {
    let tree = Tree::bare();
    let rustc = tree.compiler(&format!("echo \"$@\" >> '{}/../calls'", tree.root()));
    let calls = || fs::read_to_string(tree.root().join("../calls")).unwrap_or_default();
    let run = || {
        let mut command = tree.command(&["--format", "json"]);
        Run::of(command.env("RUSTC", &rustc))
    };
    let first = run();
    first.is_green();
    assert!(calls().lines().count() > 20, "{}", calls());
    fs::remove_file(tree.root().join("../calls")).expect("the compiler was called");
    let second = run();
    second.is_green();
    assert_eq!(calls(), "");
    assert_eq!(second.judged(), Vec::<String>::new());
    assert_eq!(first.ledger(), second.ledger());
}

#[test]
fn without_the_cache_the_ledger_is_the_same() {
    let tree = Tree::new();
    let cached = [json(&tree), json(&tree)];
    let anew = tree.run(&["--format", "json", "--no-cache"]);
    assert_eq!(anew.judged(), cached[0].judged());
    assert!(anew.judged().len() > 20);
    assert_eq!(anew.ledger(), cached[1].ledger());
    let isolated = tree.run(&["--format", "json", "--isolated"]);
    assert_eq!(isolated.judged(), anew.judged());
    assert_eq!(isolated.ledger(), anew.ledger());
}

#[test]
fn a_pass_ends_when_the_api_changes() {
    let tree = Tree::new();
    json(&tree).is_green();
    tree.edit(API, "impl Device<Ioctl>", "impl<C> Device<C>");
    tree.run(&["--lane", "verdict"])
        .is_red(&["FAILED verdict ui-fail/guard/normal-method"]);
    tree.edit(API, "impl<C> Device<C>", "impl Device<Ioctl>");
    tree.run(&["--lane", "verdict"]).is_green();
}

#[test]
fn a_pass_ends_when_its_case_changes() {
    let tree = Tree::new();
    json(&tree).is_green();
    let case = "ui-fail/guard/normal-method";
    tree.edit(
        &format!("{case}.rs"),
        "fn main",
        "fn unused() {}\n\nfn main",
    );
    let judged = json(&tree).judged();
    assert_eq!(judged, [format!("verdict {case}"), format!("twins {case}")]);
}

#[test]
fn a_pass_ends_when_a_module_of_its_program_changes() {
    let tree = Tree::new();
    let program = "//! A module.\n//@ claim: runs-clean\nmod part;\npub fn main() -> kernel::error::Result {\n    part::run()\n}\n";
    tree.write("ui-pass/whole.rs", program);
    let part = "pub fn run() -> kernel::error::Result { Ok(()) }\n";
    tree.write("ui-pass/part.rs", part);
    json(&tree).is_green();
    assert_eq!(json(&tree).judged(), Vec::<String>::new());
    tree.write("ui-pass/part.rs", &part.replace("Ok(())", "panic!()"));
    tree.run(&[]).is_red(&["FAILED run ui-pass/whole"]);
}

#[test]
fn a_program_with_text_from_elsewhere_is_judged_every_time() {
    let tree = Tree::new();
    let program = "//! A module.\n//@ claim: runs-clean\npub fn main() -> kernel::error::Result {\n    include!(\"outcome.txt\")\n}\n";
    tree.write("ui-pass/whole.rs", program);
    tree.write("ui-pass/outcome.txt", "Ok(())");
    json(&tree).is_green();
    assert_eq!(json(&tree).judged(), ["run ui-pass/whole"]);
}

#[test]
fn a_case_that_changes_while_it_is_judged_leaves_no_pass() {
    let tree = Tree::new();
    let case = tree.root().join("ui-fail/guard/normal-method.rs");
    let before = fs::read_to_string(&case).expect("the case is there");
    let later =
        format!("case \"$*\" in *--crate-name\\ batch*) echo '// Later.' >> '{case}' ;; esac");
    let rustc = tree.compiler(&later);
    let run = || {
        let mut command = tree.command(&["--format", "json", "--lane", "verdict"]);
        Run::of(command.env("RUSTC", &rustc))
    };
    run().is_green();
    fs::write(&case, before).expect("it can be written");
    assert_eq!(run().judged(), ["verdict ui-fail/guard/normal-method"]);
}

#[test]
fn a_crate_that_changes_while_cases_are_judged_leaves_no_pass() {
    let tree = Tree::bare();
    let api = "$(ls '../target/soundcheck/'stable*/*/debug/libkernel.rlib)";
    let later = format!("case \"$*\" in *--crate-name\\ batch*) touch \"{api}\" ;; esac");
    let rustc = tree.compiler(&later);
    let run = || {
        let mut command = tree.command(&["--format", "json", "--lane", "verdict"]);
        Run::of(command.env("RUSTC", &rustc))
    };
    run().is_green();
    assert_eq!(run().judged().len(), 9);
}

#[test]
fn a_failure_is_judged_every_time() {
    let tree = Tree::new();
    tree.edit(API, "impl Device<Ioctl>", "impl<C> Device<C>");
    let lane = ["--format", "json", "--lane", "verdict"];
    let first = tree.run(&lane);
    let second = tree.run(&lane);
    assert_eq!((first.status, second.status), (Some(1), Some(1)));
    assert_eq!(first.ledger(), second.ledger());
    let judged = second.judged();
    assert!(judged.contains(&"verdict ui-fail/guard/normal-method".to_owned()));
    assert!(judged.len() < first.judged().len());
}

#[test]
fn a_damaged_cache_costs_time_only() {
    let tree = Tree::new();
    let first = json(&tree);
    let cache = tree.root().join("../target/soundcheck/cache");
    let entries = fs::read_dir(cache).expect("the cache is a folder");
    for (index, entry) in entries.enumerate() {
        let path = entry.expect("it can be read").path();
        let mut bytes = fs::read(&path).expect("an entry is a file");
        bytes.truncate(bytes.len() / (index % 3 + 1));
        bytes.iter_mut().step_by(7).for_each(|byte| *byte ^= 1);
        fs::write(&path, bytes).expect("it can be written");
    }
    let second = json(&tree);
    second.is_green();
    assert_eq!(second.ledger(), first.ledger());
    assert_eq!(second.judged(), first.judged());
}

#[test]
fn a_run_that_was_killed_leaves_nothing_wrong() {
    let whole = json(&Tree::new()).ledger();
    let tree = Tree::bare();
    for after in [300, 900, 1500] {
        let mut command = tree.command(&["--format", "json"]);
        let mut child = command
            .stdout(Stdio::null())
            .spawn()
            .expect("the tool can be run");
        std::thread::sleep(Duration::from_millis(after));
        // It may be done by now, which is as good.
        drop(child.kill());
        child.wait().expect("it can be waited for");
    }
    let run = json(&tree);
    run.is_green();
    assert_eq!(run.ledger(), whole);
}

#[test]
fn runs_at_the_same_time_agree() {
    let tree = Tree::new();
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(|| json(&tree))).collect();
        let runs = threads.into_iter();
        runs.map(|thread| thread.join().expect("no run panics"))
            .collect()
    });
    for run in &runs {
        run.is_green();
        assert_eq!(run.ledger(), runs[0].ledger());
    }
    assert_eq!(json(&tree).judged(), Vec::<String>::new());
}

#[test]
fn a_state_that_comes_back_is_known() {
    let tree = Tree::new();
    json(&tree).is_green();
    tree.edit(API, "//!", "//! Edited.\n//!");
    assert!(json(&tree).judged().len() > 20);
    tree.edit(API, "//! Edited.\n//!", "//!");
    assert_eq!(json(&tree).judged(), Vec::<String>::new());
    let case = "ui-fail/guard/normal-method.rs";
    tree.edit(case, "fn main", "fn unused() {}\n\nfn main");
    assert_eq!(json(&tree).judged().len(), 2);
    tree.edit(case, "fn unused() {}\n\n", "");
    assert_eq!(json(&tree).judged(), Vec::<String>::new());
}

#[test]
fn checkouts_with_one_target_directory_do_not_disturb_each_other() {
    let (tree, other) = (Tree::new(), Tree::new());
    other.edit(API, "impl Device<Ioctl>", "impl<C> Device<C>");
    let shared = tree.target();
    let judge = |tree: &Tree| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_soundcheck"));
        command.args(["check", "--root", tree.root().as_str(), "--format", "json"]);
        Run::of(command.args(["--target-dir", shared.as_str()]))
    };
    judge(&tree).is_green();
    assert_eq!(judge(&other).status, Some(1));
    // Neither builds again what the other has built over.
    for _ in 0..2 {
        let run = judge(&tree);
        run.is_green();
        assert_eq!(run.judged(), Vec::<String>::new());
        let failed = judge(&other);
        assert!(failed.judged().len() < 10, "{:?}", failed.judged());
        assert!(failed.stdout.contains("\"outcome\":\"fail\""));
    }
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let threads: Vec<_> = [&tree, &other, &tree, &other]
            .map(|tree| scope.spawn(|| judge(tree)))
            .into_iter()
            .collect();
        let runs = threads.into_iter();
        runs.map(|thread| thread.join().expect("no run panics"))
            .collect()
    });
    let statuses: Vec<_> = runs.iter().map(|run| run.status).collect();
    assert_eq!(statuses, [Some(0), Some(1), Some(0), Some(1)]);
}
