//! Runs each program of this folder in a process of its own, and compares what the oracle reported
//! with what the program is there for.

mod callbacks;
mod correct;
mod data;
mod ends;
mod fixture;
mod gem;
mod hardware;
mod locks;
mod memory;
mod parents;
mod references;
mod registration;
mod sections;

use std::process::Command;

use hw_stub::oracle;
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

/// A program: its id, what it does, and the violations it must cause, in order.
type Case = (
    &'static str,
    fn() -> Result<(), i32>,
    &'static [&'static str],
);

const CASES: &[&[Case]] = &[
    callbacks::CASES,
    correct::CASES,
    data::CASES,
    ends::CASES,
    gem::CASES,
    hardware::CASES,
    locks::CASES,
    memory::CASES,
    parents::CASES,
    references::CASES,
    registration::CASES,
    sections::CASES,
];

fn main() {
    let cases: Vec<Case> = CASES.concat();
    if let Some("run" | "list") = std::env::args().nth(1).as_deref() {
        let programs: Vec<_> = cases
            .iter()
            .map(|(id, program, _)| (*id, *program))
            .collect();
        hw_stub::runner::main(&programs)
    }
    let mut trials = vec![Trial::test(
        "every-kind-has-a-program",
        every_kind_has_a_program,
    )];
    for (id, _, expected) in cases {
        trials.push(Trial::test(id, move || check(id, expected)));
        if expected.is_empty() {
            trials.push(Trial::test(format!("{id}, replayed"), move || replay(id)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit()
}

/// No name is in the oracle's table that nothing can cause.
fn every_kind_has_a_program() -> Result<(), Failed> {
    let caused: Vec<_> = CASES
        .iter()
        .copied()
        .flatten()
        .flat_map(|case| case.2)
        .collect();
    let names = oracle::Kind::ALL.iter().map(|kind| kind.name());
    let missing: Vec<_> = names.filter(|name| !caused.contains(&name)).collect();
    if !missing.is_empty() {
        return Err(format!("nothing causes {missing:?}").into());
    }
    Ok(())
}

/// Runs a correct program once for each of its fallible calls, which fails.
fn replay(id: &str) -> Result<(), Failed> {
    let calls = run(id, &[])?["fallible_calls"].as_u64().ok_or("no count")?;
    for nth in 1..=calls {
        let report = run(id, &["--fail-nth", &nth.to_string()])?;
        if report["violations"] != Value::Array(vec![]) || report["outcome"] == "panic" {
            return Err(format!("with call {nth} failing: {report:#}").into());
        }
    }
    Ok(())
}

/// Runs a program, and compares what was reported. AddressSanitizer ends a program itself.
fn check(id: &str, expected: &[&str]) -> Result<(), Failed> {
    let report = match run(id, &[]) {
        Err(_) if cfg!(asan) && !expected.is_empty() && sanitizer_reports(id)? => return Ok(()),
        report => report?,
    };
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

fn sanitizer_reports(id: &str) -> Result<bool, Failed> {
    let output = command(id, &[])?.output()?;
    Ok(String::from_utf8_lossy(&output.stderr).contains("ERROR: AddressSanitizer"))
}

/// Runs a program, and returns its report; checks that the exit code agrees with it.
fn run(id: &str, options: &[&str]) -> Result<Value, Failed> {
    let output = command(id, options)?.output()?;
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

fn command(id: &str, options: &[&str]) -> Result<Command, Failed> {
    let limit = if id == "ends/hang" { "200" } else { "5000" };
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["run", id]).args(options);
    command
        .env("HW_STUB_UNPLUG_TIMEOUT_MS", "100")
        .env("HW_STUB_TIMEOUT_MS", limit);
    Ok(command)
}
