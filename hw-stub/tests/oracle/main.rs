//! Runs each program of this folder in a process of its own, and compares what the oracle reported
//! with what the program is there for.

mod correct;
mod fixture;

use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

/// A program: its id, what it does, and the violations it must cause, in order.
type Case = (
    &'static str,
    fn() -> Result<(), i32>,
    &'static [&'static str],
);

const CASES: &[&[Case]] = &[correct::CASES];

fn main() {
    let cases: Vec<Case> = CASES.concat();
    if let Some("run" | "list") = std::env::args().nth(1).as_deref() {
        let programs: Vec<_> = cases
            .iter()
            .map(|(id, program, _)| (*id, *program))
            .collect();
        hw_stub::runner::main(&programs)
    }
    let trials = cases
        .into_iter()
        .map(|(id, _, expected)| Trial::test(id, move || check(id, expected)));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit()
}

fn check(id: &str, expected: &[&str]) -> Result<(), Failed> {
    let report = run(id, &[])?;
    let violations = report["violations"]
        .as_array()
        .ok_or("no violations in the report")?;
    let names: Vec<_> = violations
        .iter()
        .filter_map(|v| v["name"].as_str())
        .collect();
    if names != expected {
        return Err(format!("expected {expected:?}, but got {report:#}").into());
    }
    Ok(())
}

/// Runs a program, and returns its report; checks that the exit code agrees with it.
fn run(id: &str, options: &[&str]) -> Result<Value, Failed> {
    let program = std::env::current_exe()?;
    let mut command = Command::new(program);
    command
        .args(["run", id])
        .args(options)
        .env("HW_STUB_UNPLUG_TIMEOUT_MS", "100");
    let output = command.env("HW_STUB_TIMEOUT_MS", "5000").output()?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    let line = stdout.lines().last().ok_or("nothing was printed")?;
    let report: Value = serde_json::from_str(line)?;
    let clean = report["violations"].as_array().is_some_and(Vec::is_empty);
    let fine =
        report["outcome"] == "ok" || report["outcome"] == "error" && !report["fault"].is_null();
    if output.status.code() != Some(i32::from(!(clean && fine))) {
        return Err(format!("exit status {} does not fit {report:#}", output.status).into());
    }
    Ok(report)
}
