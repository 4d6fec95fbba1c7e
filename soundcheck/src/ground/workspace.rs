//! The tree that is judged: where its root is, and where its parts are.
//!
//! Nothing here depends on where the tool itself was built, so that a copy of
//! the tree can be judged by the same binary.

use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::problem::InputError;
use crate::ground::problem::Problem;

/// The file at the root that says what is judged.
pub const MANIFEST: &str = "soundcheck.toml";

/// How the names of directories for generated files begin.
pub const SCRATCH: &str = "run-";

/// A workspace with what is judged, and its cases.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: Utf8PathBuf,
    target: Utf8PathBuf,
}

impl Workspace {
    /// Opens the workspace at `root`, or the one around the current directory.
    ///
    /// Build output goes below `target`, or else `CARGO_TARGET_DIR`, or else
    /// `target` in the workspace.
    pub fn open(root: Option<&Utf8Path>, target: Option<&Utf8Path>) -> anyhow::Result<Self> {
        let root = match root {
            Some(root) => given(root)?,
            None => surrounding()?,
        };
        let variable = std::env::var("CARGO_TARGET_DIR").ok();
        let target = match (target, variable) {
            (Some(target), _) => absolute(target)?,
            (None, Some(target)) => absolute(Utf8Path::new(&target))?,
            (None, None) => root.join("target"),
        };
        Ok(Self {
            root,
            target: target.join("soundcheck"),
        })
    }

    /// The absolute path of the root.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The directory for everything that is built or generated.
    pub fn target(&self) -> &Utf8Path {
        &self.target
    }

    /// What tells the files of this workspace in its target directory from those
    /// of others; nothing where it is the only one.
    pub fn mark(&self) -> String {
        if self.target.starts_with(&self.root) {
            return String::new();
        }
        let root = blake3::hash(self.root.as_str().as_bytes()).to_hex();
        format!("-{}", &root[..8])
    }

    /// A path in the workspace, made relative to its root where it is inside.
    pub fn relative<'a>(&self, path: &'a Utf8Path) -> &'a Utf8Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// A new directory for generated files, removed when dropped.
    pub fn scratch(&self) -> anyhow::Result<tempfile::TempDir> {
        fs::create_dir_all(&self.target)
            .with_context(|| format!("cannot create {}", self.target))?;
        let scratch = tempfile::Builder::new()
            .prefix(SCRATCH)
            .tempdir_in(&self.target)?;
        Ok(scratch)
    }
}

fn given(root: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let found = root.canonicalize_utf8().ok().filter(|root| is_root(root));
    found.ok_or_else(|| {
        let problem = Problem::new(
            format!("{root} is no workspace: it has no {MANIFEST}"),
            "give --root the directory that contains it",
        );
        InputError::one(problem).into()
    })
}

fn surrounding() -> anyhow::Result<Utf8PathBuf> {
    let here = absolute(Utf8Path::new("."))?.canonicalize_utf8()?;
    let found = here.ancestors().find(|directory| is_root(directory));
    found.map(Utf8Path::to_owned).ok_or_else(|| {
        let problem = Problem::new(
            format!("there is no {MANIFEST} in {here} or above"),
            "change into the workspace, give --root, or write one: docs/soundcheck-toml.md",
        );
        InputError::one(problem).into()
    })
}

fn is_root(directory: &Utf8Path) -> bool {
    directory.join(MANIFEST).is_file()
}

fn absolute(path: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    camino::absolute_utf8(path).with_context(|| format!("cannot resolve {path}"))
}
