//! The `.stderr` files beside the cases, which trybuild compares and writes.
//!
//! Owns the call of cargo. Only cases that were accepted are named to trybuild;
//! it leaves the files of all others alone.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::time::Duration;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use indicatif::ProgressBar;

use crate::ground::process;
use crate::ground::process::Limits;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::case::Case;

/// What trybuild did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The files that have another text than before.
    pub rewritten: Vec<Utf8PathBuf>,
    /// What it said, if it failed.
    pub failure: Option<String>,
}

/// Whether the workspace has the test that compares these files.
pub fn is_there(workspace: &Workspace) -> bool {
    workspace.root().join("ui-fail/Cargo.toml").is_file()
}

/// Has trybuild rewrite the files of some cases.
pub fn overwrite(
    workspace: &Workspace,
    toolchain: &Toolchain,
    cases: &[&Case],
) -> anyhow::Result<Outcome> {
    if cases.is_empty() {
        return Ok(Outcome::default());
    }
    let before = texts(workspace.root(), cases);
    let bar = ProgressBar::new_spinner().with_message("trybuild writes the .stderr files");
    bar.enable_steady_tick(Duration::from_millis(200));
    let exit = process::run(command(workspace, toolchain, cases), &Limits::BUILD)?;
    bar.finish_and_clear();
    let after = texts(workspace.root(), cases);
    let differs = |(path, text): &(Utf8PathBuf, Option<String>)| before.get(path) != Some(text);
    let failed = !exit.is_success();
    let said = || last_lines(&format!("{}{}", exit.stdout, exit.stderr));
    Ok(Outcome {
        rewritten: after
            .into_iter()
            .filter(differs)
            .map(|(path, _)| path)
            .collect(),
        failure: failed.then(said),
    })
}

fn command(workspace: &Workspace, toolchain: &Toolchain, cases: &[&Case]) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command
        .current_dir(workspace.root())
        .args(["test", "--quiet", "--package", "ui-fail", "--target-dir"])
        .arg(workspace.target().parent().unwrap_or(workspace.target()))
        .args(["--", "ui"])
        .args(cases.iter().map(|case| pattern(case)))
        .env("TRYBUILD", "overwrite")
        .env("RUSTC", &toolchain.rustc);
    command
}

/// What names a case to trybuild, and no other: names of files are unique.
fn pattern(case: &Case) -> String {
    let path = case.path.strip_prefix("ui-fail").unwrap_or(&case.path);
    format!("trybuild={path}")
}

fn texts(root: &Utf8Path, cases: &[&Case]) -> BTreeMap<Utf8PathBuf, Option<String>> {
    let paths = cases.iter().map(|case| case.path.with_extension("stderr"));
    paths
        .map(|path| {
            let text = fs::read_to_string(root.join(&path)).ok();
            (path, text)
        })
        .collect()
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
