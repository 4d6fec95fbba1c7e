//! The public items of `kernel::drm`, as rustdoc sees them.
//!
//! Owns the call of rustdoc, and what is known of an item: its name, what it
//! promises, and where it is. What a contract says about it is for `matrix`.

mod name;
mod promise;
mod walk;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::ops::RangeInclusive;
use std::process::Command;
use std::process::Stdio;

use anyhow::bail;
use anyhow::Context as _;
use camino::Utf8PathBuf;
use rustdoc_types::Crate;
use rustdoc_types::FORMAT_VERSION;

use crate::kernel::Kernel;
use crate::toolchain::Toolchain;
use crate::workspace::Workspace;

/// The public items, by name.
#[derive(Clone, Debug, Default)]
pub struct Surface {
    /// The items.
    pub items: BTreeMap<String, Item>,
}

/// A public item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What it promises, to compare it by: a text for each declaration of that
    /// name, without documentation, bodies and places.
    pub promises: BTreeSet<String>,
    /// Where it is declared, the narrowest place first: a method has its own,
    /// and that of its impl.
    pub spans: Vec<Span>,
}

/// Some lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The file, below the root of its tree.
    pub file: Utf8PathBuf,
    /// The lines, counted from 1.
    pub lines: RangeInclusive<usize>,
}

impl Surface {
    /// Asks rustdoc about the API of a workspace.
    ///
    /// # Errors
    ///
    /// rustdoc fails, or writes another format than this tool reads.
    pub fn of(workspace: &Workspace) -> anyhow::Result<Self> {
        let target = workspace.target().join("rustdoc");
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let output = Command::new(cargo)
            .current_dir(workspace.root())
            .args(["rustdoc", "--quiet", "--package", "drm-api", "--lib"])
            .arg("--target-dir")
            .arg(&target)
            .args(["--", "-Zunstable-options", "--output-format", "json"])
            .env("RUSTC_BOOTSTRAP", "1")
            .stdin(Stdio::null())
            .output()
            .context("cannot run cargo rustdoc")?;
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            bail!("cargo rustdoc -p drm-api failed: {}", stderr.trim());
        }
        let path = target.join("doc/kernel.json");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
        Self::parse(&text)
    }

    /// Asks rustdoc about the kernel crate of a tree.
    ///
    /// # Errors
    ///
    /// The crate does not build, rustdoc fails, or it writes another format than
    /// this tool reads.
    pub fn of_kernel(workspace: &Workspace, kernel: &Kernel) -> anyhow::Result<Self> {
        let toolchain = Toolchain::resolve(workspace)?;
        Self::parse(&kernel.document(&toolchain, workspace)?)
    }

    /// Reads the output of rustdoc.
    ///
    /// # Errors
    ///
    /// It has another format than this tool reads.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let krate: Crate = serde_json::from_str(text).context("cannot read rustdoc's output")?;
        if krate.format_version != FORMAT_VERSION {
            let found = krate.format_version;
            bail!("rustdoc writes format {found}, and this tool reads {FORMAT_VERSION}");
        }
        Ok(walk::surface(&krate))
    }
}

#[cfg(test)]
mod tests;
