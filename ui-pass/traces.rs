//! Snapshots of what the two drivers do for one client, event by event, thread by thread.

use std::process::Command;

use serde::Deserialize;

/// What the runner prints last.
#[derive(Deserialize)]
struct Report {
    outcome: String,
    trace: Vec<String>,
}

#[test]
fn nova_like() {
    snapshot("ui-pass/drivers/nova_life");
}

#[test]
fn tyr_like() {
    snapshot("ui-pass/drivers/tyr_life");
}

fn snapshot(id: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_ui-pass"))
        .args(["run", id, "--trace"])
        .output()
        .expect("cargo built the runner");
    let output = String::from_utf8_lossy(&output.stdout);
    let last = output.lines().last().expect("the runner prints a report");
    let mut report: Report = serde_json::from_str(last).expect("the last line is a report");
    assert_eq!(report.outcome, "ok");
    // Only the order of one thread's events is known: those of each thread come together.
    report
        .trace
        .sort_by_key(|line| line.split(' ').next().map(str::to_owned));
    let name = id.rsplit('/').next().expect("an id has a name");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/traces");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, report.trace.join("\n")));
}
