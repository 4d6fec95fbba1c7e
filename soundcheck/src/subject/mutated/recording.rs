//! A build by cargo whose calls of rustc are recorded.
//!
//! Owns the recorder, a script that cargo calls in place of rustc for the
//! packages of the workspace, and where records are kept: beside the crates
//! that came of them.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use anyhow::ensure;
use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::artifacts::Artifacts;
use crate::ground::artifacts::BuildError;
use crate::ground::facts;
use crate::ground::flavor::Flavor;
use crate::judge::subject::Build as _;
use crate::subject::cargo::Package;
use crate::subject::mutated::call;
use crate::subject::mutated::call::Call;

/// The crates of a flavor, and the calls that made those of the workspace.
#[derive(Clone, Debug)]
pub struct Recording {
    /// The crates.
    pub artifacts: Artifacts,
    /// The calls, each after those that it needs.
    pub calls: Vec<Call>,
}

/// Writes the call beside itself, under the name of the crate, and makes it.
/// Of the environment, only what cargo says to compilers is written.
const SCRIPT: &str = r#"#!/bin/sh
name= last=
for word; do
    [ "$last" = --crate-name ] && name=$word
    last=$word
done
if [ -n "$name" ] && [ "$name" != ___ ]; then
    here=${0%/*}
    {
        printf '%s\0' "$(pwd)" "$@" ""
        env -0 | grep -z -E '^(CARGO_(PKG|CRATE|MANIFEST|BIN|PRIMARY)[A-Z_]*|OUT_DIR)='
    } > "$here/new-$$"
    mv "$here/new-$$" "$here/$name.call"
fi
exec "$@"
"#;

/// The name of the script.
const RECORDER: &str = "record.sh";

/// The file on the shelf with the calls that made the crates there.
const CALLS: &str = "calls.json";

/// Builds a flavor of a package and records how.
///
/// # Errors
///
/// A crate is refused, or nothing can be built or recorded.
pub fn record(package: &Package<'_>, flavor: Flavor, stub: bool) -> Result<Recording, BuildError> {
    let folder = folder(package, flavor);
    let script = folder.join(RECORDER);
    write_script(&script).map_err(BuildError::Failed)?;
    let package = Package {
        recorder: Some(&script),
        ..*package
    };
    let artifacts = package.build(flavor, stub)?;
    let calls = calls(&artifacts, &folder).map_err(BuildError::Failed)?;
    Ok(Recording { artifacts, calls })
}

fn folder(package: &Package<'_>, flavor: Flavor) -> Utf8PathBuf {
    let workspace = package.workspace;
    let name = format!("recorded-{}{}", flavor.name(), workspace.mark());
    workspace
        .target()
        .join(&package.toolchain.directory)
        .join(name)
}

/// The script is written once only: cargo builds anew if it changes.
fn write_script(path: &Utf8Path) -> anyhow::Result<()> {
    if fs::read_to_string(path).is_ok_and(|text| text == SCRIPT) {
        return Ok(());
    }
    facts::replace(path, SCRIPT.as_bytes())?;
    let permissions = fs::Permissions::from_mode(0o755);
    fs::set_permissions(path, permissions).with_context(|| format!("cannot prepare {path}"))
}

/// The calls that made some crates: those on the shelf, or else the last ones,
/// which are put there.
fn calls(artifacts: &Artifacts, folder: &Utf8Path) -> anyhow::Result<Vec<Call>> {
    let place = artifacts.dependencies.first();
    let place = place.context("crates are on a shelf")?;
    let kept = place.join(CALLS);
    let known = fs::read_to_string(&kept).ok();
    if let Some(known) = known.and_then(|text| serde_json::from_str(&text).ok()) {
        return Ok(known);
    }
    let calls = read(folder)?;
    for call in &calls {
        let files = call.needs.iter().map(|(_, file)| file);
        for file in files.chain([&call.file()]) {
            let is_there = call::find(place, file).is_some();
            ensure!(
                is_there,
                "no {file} in {place}: remove {folder} and run again"
            );
        }
    }
    facts::replace(&kept, serde_json::to_string(&calls)?.as_bytes())?;
    Ok(calls)
}

fn read(folder: &Utf8Path) -> anyhow::Result<Vec<Call>> {
    let mut calls = Vec::new();
    for entry in folder.read_dir_utf8()? {
        let path = entry?.into_path();
        if path.extension() == Some("call") {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
            calls.push(Call::read(&text).with_context(|| path.to_string())?);
        }
    }
    calls.retain(Call::is_library);
    Ok(call::in_order(calls))
}
