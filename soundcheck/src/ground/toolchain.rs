//! The compiler that a run uses, and what is known about it.
//!
//! Owns the record of it, so that a run without changes starts no rustc. Which
//! rustc a call means is found in `rustc`.

use std::process::Command;

use camino::Utf8PathBuf;
use serde::Deserialize;
use serde::Serialize;

use crate::ground::key::Key;
use crate::ground::record;
use crate::ground::record::Question;
use crate::ground::rustc;
use crate::ground::rustc::Rustc;
use crate::ground::workspace::Workspace;

/// The resolved compiler.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Toolchain {
    /// The real rustc, not a proxy.
    pub rustc: Utf8PathBuf,
    /// The first line of `rustc -vV`.
    pub version: String,
    /// Everything that `rustc -vV` says.
    pub verbose: String,
    /// The release, with the day of a nightly: names its snapshots.
    pub label: String,
    /// The directory of its builds, below those of the pinned compiler; empty
    /// for that one.
    pub directory: String,
    /// The target triple of the machine.
    pub host: String,
}

impl Toolchain {
    /// Finds the compiler that the workspace pins.
    pub fn resolve(workspace: &Workspace) -> anyhow::Result<Self> {
        let question = which(workspace);
        let hash = blake3::Hash::from_bytes(question).to_hex();
        let path = workspace
            .target()
            .join(format!("cache/toolchain-{}", &hash[..16]));
        if let Some(known) = record::load(&path, |_: &Self| question) {
            return Ok(known);
        }
        let found = Self::new(rustc::find(workspace.root(), None)?, false)?;
        record::save(&path, question, &found, &[&found.rustc]);
        Ok(found)
    }

    /// Finds the compiler with a name of rustup or a path, or the pinned one.
    pub fn select(workspace: &Workspace, wanted: Option<&str>) -> anyhow::Result<Self> {
        match wanted {
            None => Self::resolve(workspace),
            Some(_) => Self::new(rustc::find(workspace.root(), wanted)?, true),
        }
    }

    fn new(rustc: Rustc, has_own_directory: bool) -> anyhow::Result<Self> {
        let label = rustc.label()?;
        let directory = if has_own_directory {
            label.as_str()
        } else {
            ""
        };
        Ok(Self {
            host: rustc.host()?.to_owned(),
            version: rustc.version().to_owned(),
            directory: directory.to_owned(),
            label,
            rustc: rustc.path,
            verbose: rustc.verbose,
        })
    }
}

/// Lets a stable compiler take unstable flags where they are meant, and nowhere
/// else.
pub fn bootstrap(command: &mut Command, is_unstable: bool) {
    if is_unstable {
        command.env("RUSTC_BOOTSTRAP", "1");
    } else {
        command.env_remove("RUSTC_BOOTSTRAP");
    }
}

/// Everything that the choice of a compiler depends on.
fn which(workspace: &Workspace) -> Key {
    let mut question = Question::default();
    question.text(workspace.root().as_str()).variables(&[
        "RUSTC",
        "RUSTUP_TOOLCHAIN",
        "RUSTUP_HOME",
        "HOME",
        "PATH",
    ]);
    for folder in workspace.root().ancestors() {
        for file in ["rust-toolchain.toml", "rust-toolchain"] {
            question.file(&folder.join(file));
        }
    }
    if let Some(home) = home("RUSTUP_HOME", ".rustup") {
        question.file(&home.join("settings.toml"));
    }
    question.key()
}

/// A folder of a tool: what its variable says, or its usual place.
pub fn home(variable: &str, folder: &str) -> Option<Utf8PathBuf> {
    let given = std::env::var(variable).ok().map(Utf8PathBuf::from);
    let usual = || Some(Utf8PathBuf::from(std::env::var("HOME").ok()?).join(folder));
    given.or_else(usual)
}
