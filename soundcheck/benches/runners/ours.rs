//! soundcheck over the same cases, with all its rules and without its cache.

use std::process::Command;

use serde::Deserialize;

use crate::runner::Kind;
use crate::runner::Runner;
use crate::tools::Tools;
use crate::tree::Tree;

/// A runner over a set that the tree has.
pub fn runner<'a>(kind: Kind, tree: &'a Tree, tools: &'a Tools, cases: usize) -> Runner<'a> {
    Runner {
        kind,
        cases,
        prepare: Box::new(move || {
            tree.mount(cases)?;
            let mut command = check(kind, tree, tools);
            command.arg("--no-cache");
            command.args(["--target-dir", tree.target.as_str()]);
            Ok(command)
        }),
        satisfied: |said, _| passed(said),
    }
}

/// A call of the tool, without a target directory.
pub fn check(kind: Kind, tree: &Tree, tools: &Tools) -> Command {
    let mut command = tools.command(env!("CARGO_BIN_EXE_soundcheck"));
    command
        .args([
            "check",
            "ui-fail/bench/",
            "--lane",
            "verdict",
            "--format",
            "json",
        ])
        .args(["--root", tree.root.as_str()]);
    match kind {
        Kind::OursTwins => command.args(["--lane", "twins"]),
        Kind::Isolated => command.arg("--isolated"),
        _ => &mut command,
    };
    command
}

#[derive(Deserialize)]
struct Summary {
    passed: usize,
    failed: usize,
    problems: Vec<String>,
}

/// The verdicts of a run without a fault, from its last line.
pub fn passed(said: &str) -> usize {
    let last = said.lines().last().unwrap_or_default();
    match serde_json::from_str::<Summary>(last) {
        Ok(summary) if summary.failed == 0 && summary.problems.is_empty() => summary.passed,
        _ => 0,
    }
}
