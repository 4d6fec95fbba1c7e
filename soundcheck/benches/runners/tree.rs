//! A copy of the workspace whose cases can be exchanged for sets of programs.
//!
//! The crates that cases are built on are the same for every set and for every
//! runner, and are built once.

use std::cell::Cell;
use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::cases;
use crate::cases::Pool;
use crate::copy::copy_tree;

/// The copy.
pub struct Tree {
    /// Its root.
    pub root: Utf8PathBuf,
    /// Where its build output goes.
    pub target: Utf8PathBuf,
    sets: Utf8PathBuf,
    mounted: Cell<Option<usize>>,
}

/// The folder of the set that is there to be judged.
const MOUNT: &str = "ui-fail/bench";

/// What is judged: the cases of a set, over the crates of the workspace.
const SUBJECT: &str = "\
name = \"api\"
package = \"drm-api\"
crate = \"kernel\"
helpers = [\"driver\"]
externs = [\"bindings\", \"driver\", \"kernel\", \"pinned_init\"]
prelude = \"use driver::LocalModule;\"
needs = { vtable = \"LocalModule\" }
cfgs = [\"asan\", \"kernel_tree\"]
no-std = true
claims = \"contracts/claims.toml\"
subjects = \"subjects\"

[[cases]]
folder = \"ui-fail/bench\"
kind = \"fail\"
";

impl Tree {
    /// A copy below `directory`, without cases that must not compile.
    pub fn fresh(source: &Utf8Path, directory: &Utf8Path) -> anyhow::Result<Self> {
        let root = directory.join("tree");
        let sets = directory.join("sets");
        for folder in ["ui-fail", "cases"] {
            remove(&root.join(folder))?;
        }
        remove(&sets)?;
        copy_tree(source, &root)?;
        for entry in root.join("ui-fail").read_dir_utf8()? {
            let path = entry?.into_path();
            if path.is_dir() {
                fs::remove_dir_all(&path)?;
            }
        }
        fs::write(root.join("soundcheck.toml"), SUBJECT)?;
        let target = directory.join("target");
        Ok(Self {
            mounted: Cell::new(None),
            root,
            target,
            sets,
        })
    }

    /// Makes the first programs of the pool a set, named by its size.
    pub fn add(&self, pool: &Pool, count: usize) -> anyhow::Result<()> {
        let set = self.set(count);
        if set.is_dir() || self.mounted.get() == Some(count) {
            return Ok(());
        }
        cases::write(&set, &pool.take(count))
    }

    /// Puts a set where cases belong, and takes the one before away.
    pub fn mount(&self, count: usize) -> anyhow::Result<()> {
        let mount = self.root.join(MOUNT);
        match self.mounted.replace(Some(count)) {
            Some(mounted) if mounted == count => return Ok(()),
            Some(mounted) => fs::rename(&mount, self.set(mounted))?,
            None => {}
        }
        let set = self.set(count);
        fs::rename(&set, &mount).with_context(|| format!("there is no set {set}"))?;
        Ok(())
    }

    /// The first case of the set that is mounted.
    pub fn first_case(&self) -> anyhow::Result<Utf8PathBuf> {
        let mut cases = Vec::new();
        for entry in self.root.join(MOUNT).read_dir_utf8()? {
            cases.push(entry?.into_path());
        }
        cases.retain(|path| path.extension() == Some("rs"));
        cases.into_iter().min().context("the set is empty")
    }

    fn set(&self, count: usize) -> Utf8PathBuf {
        self.sets.join(count.to_string())
    }
}

fn remove(folder: &Utf8Path) -> anyhow::Result<()> {
    match folder.exists() {
        true => fs::remove_dir_all(folder).with_context(|| format!("cannot remove {folder}")),
        false => Ok(()),
    }
}
