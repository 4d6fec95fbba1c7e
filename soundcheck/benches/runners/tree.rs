//! A copy of the workspace whose cases can be exchanged for sets of programs.
//!
//! The crates that cases are built on are the same for every set and for every
//! runner, and are built once.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use soundcheck::ground::workspace::Workspace;
use soundcheck::judge::cache::Cache;
use soundcheck::subject::load;
use soundcheck::subject::target::Target;

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
    /// The text of all claims.
    claims: String,
    /// The claims that are served by other things than the sets.
    served: BTreeSet<String>,
    mounted: Cell<Option<usize>>,
}

/// The folder of the set that is there to be judged.
const MOUNT: &str = "ui-fail/bench";

/// What the workspace promises, and what may be done in which state.
const CLAIMS: &str = "contracts/claims.toml";
const CONTRACT: &str = "contracts/api.toml";

/// Sets have no snapshots worth reading; that there is one is all that counts.
const SNAPSHOT: &str = "error\n";

impl Tree {
    /// A copy below `directory`, without cases that must not compile.
    pub fn fresh(source: &Utf8Path, directory: &Utf8Path) -> anyhow::Result<Self> {
        let root = directory.join("tree");
        let sets = directory.join("sets");
        for folder in ["ui-fail", "ui-pass", "cases"] {
            remove(&root.join(folder))?;
        }
        remove(&sets)?;
        copy_tree(source, &root)?;
        // The programs of the matrix are in the sets, as ordinary cases.
        fs::remove_file(root.join(CONTRACT))?;
        fs::remove_dir_all(root.join("snapshots/diagnostics"))?;
        for entry in root.join("ui-fail").read_dir_utf8()? {
            let path = entry?.into_path();
            if path.is_dir() {
                fs::remove_dir_all(&path)?;
            }
        }
        let target = directory.join("target");
        Ok(Self {
            claims: fs::read_to_string(root.join(CLAIMS))?,
            served: served(&root, &target)?,
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
        let programs = pool.take(count);
        cases::write(&set, &programs, Some(SNAPSHOT))?;
        let mut served = self.served.clone();
        served.extend(programs.into_iter().map(|program| program.claim));
        fs::write(set.with_extension("toml"), trim(&self.claims, &served)?)?;
        Ok(())
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
        fs::copy(set.with_extension("toml"), self.root.join(CLAIMS))?;
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

fn served(root: &Utf8Path, target: &Utf8Path) -> anyhow::Result<BTreeSet<String>> {
    let workspace = Workspace::open(Some(root), Some(target))?;
    let subject = Target::open(&workspace, None)?;
    let corpus = load::corpus(&workspace, &Cache::none(), &subject)?;
    let cases = corpus.cases.into_iter().map(|case| case.claim);
    let assertions = corpus.assertions.into_iter();
    Ok(cases
        .chain(assertions.map(|assertion| assertion.claim))
        .collect())
}

/// Leaves out the claims that nothing serves: a run over them would be red.
fn trim(claims: &str, served: &BTreeSet<String>) -> anyhow::Result<String> {
    let mut table: toml::Table = toml::from_str(claims)?;
    let list = table.get_mut("claim").and_then(toml::Value::as_array_mut);
    let list = list.context("there are no claims")?;
    list.retain(|claim| {
        let id = claim.get("id").and_then(toml::Value::as_str);
        id.is_some_and(|id| served.contains(id))
    });
    Ok(toml::to_string(&table)?)
}
