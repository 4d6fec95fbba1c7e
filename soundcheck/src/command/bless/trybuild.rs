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
use crate::judge::kind::Kind;
use crate::judge::places::Places;

/// What trybuild did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The files that have another text than before.
    pub rewritten: Vec<Utf8PathBuf>,
    /// What it said, if it failed.
    pub failure: Option<String>,
}

/// The package whose test compares these files, if the workspace has it.
pub fn package<'a>(workspace: &Workspace, places: &'a Places) -> Option<Package<'a>> {
    let (name, folder) = (places.trybuild.as_deref()?, places.folder(Kind::Fail)?);
    let manifest = workspace.root().join(folder).join("Cargo.toml");
    manifest.is_file().then_some(Package { name, folder })
}

/// The package that has trybuild compile the cases in its folder.
#[derive(Clone, Copy)]
pub struct Package<'a> {
    name: &'a str,
    folder: &'a Utf8Path,
}

/// Has trybuild rewrite the files of some cases.
pub fn overwrite(
    workspace: &Workspace,
    toolchain: &Toolchain,
    package: Package<'_>,
    cases: &[&Case],
) -> anyhow::Result<Outcome> {
    if cases.is_empty() {
        return Ok(Outcome::default());
    }
    let before = texts(workspace.root(), cases);
    let bar = ProgressBar::new_spinner().with_message("trybuild writes the .stderr files");
    bar.enable_steady_tick(Duration::from_millis(200));
    let exit = process::run(
        command(workspace, toolchain, package, cases),
        &Limits::BUILD,
    )?;
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

fn command(
    workspace: &Workspace,
    toolchain: &Toolchain,
    package: Package<'_>,
    cases: &[&Case],
) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command
        .current_dir(workspace.root())
        .args(["test", "--quiet", "--package", package.name, "--target-dir"])
        .arg(workspace.target().parent().unwrap_or(workspace.target()))
        .args(["--", "ui"])
        .args(cases.iter().map(|case| pattern(package, case)))
        .env("TRYBUILD", "overwrite")
        .env("RUSTC", &toolchain.rustc);
    command
}

/// What names a case to trybuild, and no other: names of files are unique.
fn pattern(package: Package<'_>, case: &Case) -> String {
    let path = case.path.strip_prefix(package.folder).unwrap_or(&case.path);
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
