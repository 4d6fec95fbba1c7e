//! Temporary packages in which trybuild and ui_test run.
//!
//! Each is an ordinary package that depends on the API by its path and has one
//! test. It is built beforehand: what a user pays once is not measured.

use std::fs;

use anyhow::ensure;
use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;

use crate::cases;
use crate::cases::Pool;
use crate::tools::Tools;
use crate::tree::Tree;

/// A package and the test in it.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its folder.
    pub folder: Utf8PathBuf,
    /// The test, as a program.
    pub test: Utf8PathBuf,
}

/// What makes one package different from another.
pub struct Recipe {
    /// Its name.
    pub name: &'static str,
    /// Its dependencies beside the API.
    pub dependencies: &'static str,
    /// Whether its test has no `main` of its own.
    pub harness: bool,
    /// Whether it has a library too, without which cargo builds no dependencies.
    pub library: bool,
    /// The source of its test.
    pub source: &'static str,
}

impl Package {
    /// Writes a package with sets of programs, and builds its test.
    pub fn build(
        recipe: &Recipe,
        directory: &Utf8Path,
        (tree, pool): (&Tree, &Pool),
        tools: &Tools,
        counts: &[usize],
    ) -> anyhow::Result<Self> {
        let folder = directory.join(recipe.name);
        for count in counts {
            let cases = folder.join(set(*count));
            if cases.exists() {
                fs::remove_dir_all(&cases)?;
            }
            cases::write(&cases, &pool.take(*count))?;
        }
        fs::write(folder.join("Cargo.toml"), manifest(recipe, tree))?;
        fs::write(folder.join("test.rs"), recipe.source)?;
        fs::write(folder.join("lib.rs"), "")?;
        if !folder.join("Cargo.lock").exists() {
            fs::copy(tree.root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        }
        let test = test(tools, &folder)?;
        Ok(Self { folder, test })
    }
}

/// The folder of a set in a package.
pub fn set(count: usize) -> String {
    format!("cases-{count}")
}

/// The dependencies are those of the package `ui-fail`.
fn manifest(recipe: &Recipe, tree: &Tree) -> String {
    let library = match recipe.library {
        true => "[lib]\npath = \"lib.rs\"\ntest = false\n",
        false => "",
    };
    format!(
        r#"[workspace]

[package]
name = "{name}"
version = "0.0.0"
edition = "2021"
publish = false

{library}
[[test]]
name = "ui"
path = "test.rs"
harness = {harness}

[dependencies]
kernel = {{ path = "{root}/api", package = "drm-api" }}
driver = {{ path = "{root}/case-support" }}
checked-init = {{ path = "{root}/kernel-shim/init" }}

[dev-dependencies]
{dependencies}
"#,
        name = recipe.name,
        harness = recipe.harness,
        root = tree.root,
        dependencies = recipe.dependencies,
    )
}

#[derive(Deserialize)]
struct Artifact {
    executable: Option<Utf8PathBuf>,
}

fn test(tools: &Tools, folder: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let output = tools
        .cargo(folder)
        .args(["test", "--no-run", "--message-format=json"])
        .output()
        .context("cannot run cargo")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "{folder} does not build:\n{errors}"
    );
    let messages = String::from_utf8(output.stdout)?;
    let artifacts = messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    artifacts
        .filter_map(|artifact: Artifact| artifact.executable)
        .next()
        .context("cargo built no test")
}
