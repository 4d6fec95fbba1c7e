//! The snapshots of all toolchains.
//!
//! The pinned toolchain has a snapshot of every case; every other one has only
//! those that differ from the pinned one's. A toolchain without a folder has no
//! snapshots at all, and nothing is compared there.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use serde::Deserialize;

use crate::ground::problem::Problem;
use crate::judge::snapshot::home::Home;
use crate::judge::snapshot::snapshots::Snapshots;
use crate::judge::snapshot::snapshots::VERSION;

/// What is on a home.
#[derive(Clone, Debug, Default)]
pub struct Toolchains {
    /// Where it lies.
    pub home: Home,
    pinned: Option<String>,
    own: BTreeMap<String, Snapshots>,
}

impl Toolchains {
    /// Reads everything. What is wrong with it is added to `problems`.
    pub fn load(root: &Utf8Path, home: Home, problems: &mut Vec<Problem>) -> anyhow::Result<Self> {
        let mut toolchains = Self {
            pinned: pinned(root),
            home,
            ..Self::default()
        };
        let folder = root.join(&toolchains.home.folder);
        if !folder.is_dir() {
            return Ok(toolchains);
        }
        for entry in folder.read_dir_utf8()? {
            let folder = entry?.into_path();
            if folder.join(VERSION).is_file() {
                let label = folder.file_name().unwrap_or_default().to_owned();
                let own = Snapshots::load(root, &toolchains.home, &folder, problems)?;
                toolchains.own.insert(label, own);
            }
        }
        Ok(toolchains)
    }

    /// Whether diagnostics are compared on a toolchain.
    pub fn cover(&self, label: &str) -> bool {
        self.is_pinned(label) || self.own.contains_key(label)
    }

    /// Whether a toolchain is the one that the workspace pins.
    pub fn is_pinned(&self, label: &str) -> bool {
        self.pinned.as_deref() == Some(label)
    }

    /// The snapshot of a case on a toolchain: its own, or the pinned one's.
    /// Nothing else on disk says what this text is, so a cached verdict depends
    /// on it.
    pub fn get(&self, label: &str, id: &str) -> Option<&str> {
        let own = self.own.get(label).and_then(|store| store.get(id));
        own.or_else(|| self.inherited(label, id))
    }

    /// What the pinned toolchain lends to another one.
    pub fn inherited(&self, label: &str, id: &str) -> Option<&str> {
        let pinned = self.pinned.as_deref().filter(|pinned| *pinned != label)?;
        self.own.get(pinned)?.get(id)
    }

    /// The snapshots that are a toolchain's own.
    pub fn own(&self, label: &str) -> Snapshots {
        let none = || Snapshots::none(&self.home);
        self.own.get(label).cloned().unwrap_or_else(none)
    }

    /// A problem for each snapshot whose case is gone.
    pub fn orphans(&self, ids: &BTreeSet<&str>) -> Vec<Problem> {
        let stores = self.own.iter();
        let problems = stores.flat_map(|(label, store)| {
            let orphans = store.orphans(ids).into_iter();
            orphans.map(move |(id, line)| {
                let what = format!("orphan snapshot: there is no case {id}");
                let next = format!("restore the case, or `cargo soundcheck bless {id}` deletes it");
                let problem = Problem::new(what, next);
                problem
                    .in_file(&self.home.file_of(label, &id))
                    .at_line(line)
            })
        });
        problems.collect()
    }

    /// The toolchains that have snapshots.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.own.keys().map(String::as_str)
    }
}

#[derive(Deserialize)]
struct Pin {
    toolchain: Channel,
}

#[derive(Deserialize)]
struct Channel {
    channel: String,
}

/// The channel of `rust-toolchain.toml`, if there is such a file. cargo has
/// read it before, and complains if it is wrong.
fn pinned(root: &Utf8Path) -> Option<String> {
    let text = fs::read_to_string(root.join("rust-toolchain.toml")).ok()?;
    let pin: Pin = toml::from_str(&text).ok()?;
    Some(pin.toolchain.channel)
}
