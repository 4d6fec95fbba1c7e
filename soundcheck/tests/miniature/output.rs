//! What the tool prints: formats, exit status, small and missing terminals.

use std::process::Command;

use crate::tree::Tree;
use serde_json::Value;

fn lines(stdout: &str) -> Vec<Value> {
    let parse = |line| serde_json::from_str(line).expect("every line is a JSON object");
    stdout.lines().map(parse).collect()
}

#[test]
fn json_has_a_line_a_verdict_and_a_summary_last() {
    let tree = Tree::new();
    let run = tree.run(&["--format", "json", "--lane", "verdict", "--lane", "run"]);
    run.is_green();
    let lines = lines(&run.stdout);
    let (summary, cases) = lines.split_last().expect("there is a summary");
    assert_eq!(cases.len(), 11);
    for case in cases {
        assert_eq!(case["event"], "case");
        assert_eq!(case["target"], "api");
        assert_eq!(case["outcome"], "pass");
    }
    assert_eq!(summary["event"], "summary");
    assert_eq!(summary["total"], 11);
    assert_eq!(summary["failed"], 0);
    assert_eq!(summary["waived"], 0);
    let verdict = serde_json::json!({ "total": 9, "passed": 9, "failed": 0, "waived": 0,
        "not_judged": 0 });
    assert_eq!(summary["lanes"]["verdict"], verdict);
}

#[test]
fn json_says_what_was_expected_and_what_came() {
    let tree = Tree::new();
    tree.edit("api/src/lib.rs", "impl Device<Ioctl>", "impl<C> Device<C>");
    let run = tree.run(&["--format", "json", "--lane", "verdict"]);
    assert_eq!(run.status, Some(1));
    let lines = lines(&run.stdout);
    let failed = lines.iter().find(|line| line["outcome"] == "fail");
    let failed = failed.expect("a case has failed");
    assert_eq!(failed["claim"], "guard-needs-ioctl");
    assert_eq!(failed["line"], 7);
    assert_eq!(failed["expected"], "E0599 guard on line 7");
    assert_eq!(failed["got"], "the program compiles");
}

#[test]
fn without_a_terminal_there_are_no_escapes_and_no_progress() {
    let tree = Tree::new();
    let mut command = tree.command(&["--lane", "verdict"]);
    let output = command
        .env("COLUMNS", "20")
        .output()
        .expect("the tool can be run");
    assert!(output.status.success());
    assert!(
        !output.stdout.contains(&0x1b),
        "there is an escape in the report"
    );
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_report_that_cannot_be_written_is_red() {
    let tree = Tree::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let full = full.expect("the device can be opened");
    let mut command = tree.command(&["--lane", "verdict", "--format", "json"]);
    let status = command.stdout(full).status().expect("the tool can be run");
    assert_eq!(status.code(), Some(1));
}

#[test]
fn a_sample_can_be_repeated_by_its_seed() {
    let tree = Tree::new();
    let alone = || {
        let run = tree.run(&["--no-cache", "--lane", "verdict", "--seed", "7", "-v"]);
        let lines = run.stdout.lines().map(str::to_owned);
        let sampled = lines.filter(|line| line.contains("random sample"));
        sampled.collect::<Vec<String>>()
    };
    let first = alone();
    assert_eq!(first.len(), 3);
    assert_eq!(first, alone());
}

#[test]
fn list_prints_every_case_once() {
    let tree = Tree::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_soundcheck"));
    command.args(["list", "--format", "json", "--root", tree.root().as_str()]);
    let output = command.output().expect("the tool can be run");
    let stdout = String::from_utf8(output.stdout).expect("the list is UTF-8");
    let lines = lines(&stdout);
    assert_eq!(lines.len(), 13);
    assert_eq!(
        lines[0]["lanes"],
        serde_json::json!(["verdict", "twins", "snapshot"])
    );
}

#[test]
fn help_shows_examples_and_exit_status() {
    let help = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_soundcheck"));
        let output = command.args(arguments).env("COLUMNS", "80").output();
        let output = output.expect("the tool can be run");
        String::from_utf8(output.stdout).expect("help is UTF-8")
    };
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!("help", help(&["--help"]));
        insta::assert_snapshot!("help_list", help(&["list", "--help"]));
        insta::assert_snapshot!("help_propose", help(&["propose", "--help"]));
        insta::assert_snapshot!("help_bless", help(&["bless", "--help"]));
        insta::assert_snapshot!("help_review", help(&["review", "--help"]));
    });
}

#[test]
fn a_reader_that_has_seen_enough_ends_every_command_without_a_word() {
    let tree = Tree::new();
    let lane = ["--lane", "verdict"];
    let formats = ["human", "json", "junit", "sarif", "github", "ktap"];
    let checks = formats.map(|format| [&["check", "--format", format][..], &lane].concat());
    let others = [vec!["list"], vec!["list", "--format", "json"]];
    for words in checks.into_iter().chain(others) {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_soundcheck"));
        command.args(&words).args(["--root", tree.root().as_str()]);
        command.args(["--target-dir", tree.target().as_str()]);
        let output = command.stdout(writer).output().expect("it can be run");
        assert_eq!(output.status.code(), Some(141), "{words:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words:?}");
    }
}

#[test]
fn a_report_file_whose_reader_has_gone_is_red() {
    let tree = Tree::new();
    let (reader, writer) = std::io::pipe().expect("a pipe can be made");
    let mut command = tree.command(&["--lane", "verdict", "--report", "json=/dev/stderr"]);
    drop(reader);
    let output = command.stderr(writer).output().expect("it can be run");
    assert_eq!(output.status.code(), Some(1));
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(report.contains("Broken pipe"), "{report}");
}
