//! Every program of this folder and of `cases/controls`, once, each in a process of its own; and the
//! two drivers' source.
//!
//! A program of this folder must end well and leave no violation; one of `cases/controls` must be
//! reported with exactly the violation that its header names. Replays with failing calls are
//! soundcheck's.

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;

const RUNNER: &str = env!("CARGO_BIN_EXE_ui-pass");

/// What the runner prints last.
#[derive(Deserialize)]
struct Report {
    outcome: String,
    violations: Vec<Violation>,
}

#[derive(Deserialize)]
struct Violation {
    name: String,
    message: String,
}

fn main() {
    let ids = run(&["list"]);
    let programs = ids.lines().map(|id| {
        let id = id.to_owned();
        Trial::test(id.clone(), move || judge(&id))
    });
    let drivers = ["nova_like/driver", "tyr_like/driver", "tyr_like/gpu"]
        .map(|name| Trial::test(format!("{name} is safe"), move || has_no_unsafe(name)));
    let trials = programs.chain(drivers).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// A driver's own code has no `unsafe`; that of the macros which it uses is argued for there.
fn has_no_unsafe(name: &str) -> Result<(), Failed> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("drivers/{name}.rs"));
    let source = fs::read_to_string(file)?;
    let code = source
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    match code.zip(1..).find(|(code, _)| code.contains("unsafe")) {
        Some((code, line)) => Err(format!("line {line}: {}", code.trim()).into()),
        None => Ok(()),
    }
}

fn judge(id: &str) -> Result<(), Failed> {
    let output = run(&["run", id]);
    let last = output.lines().last().ok_or("the runner printed nothing")?;
    let report: Report = serde_json::from_str(last).map_err(|_| format!("no report: {output}"))?;
    let named = named_violation(id)?;
    let names: Vec<&str> = report.violations.iter().map(|v| v.name.as_str()).collect();
    let is_expected = match &named {
        None => report.outcome == "ok" && names.is_empty(),
        Some(named) => names == named.split(" + ").collect::<Vec<_>>(),
    };
    if is_expected {
        return Ok(());
    }
    let mut text = format!("outcome {}, expected {named:?}\n", report.outcome);
    for violation in &report.violations {
        text.push_str(&format!("{}: {}\n", violation.name, violation.message));
    }
    Err(text.into())
}

/// The violation that a program's header asks for.
fn named_violation(id: &str) -> Result<Option<String>, Failed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let source = fs::read_to_string(root.join(format!("{id}.rs")))?;
    let mut names = source
        .lines()
        .filter_map(|line| line.strip_prefix("//@ violation: "))
        // What other generations of the API have instead comes after a comma.
        .filter_map(|value| value.split(',').next());
    Ok(names.next().map(|name| name.trim().to_owned()))
}

fn run(arguments: &[&str]) -> String {
    let output = Command::new(RUNNER).args(arguments).output();
    let output = output.expect("cargo built the runner");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
