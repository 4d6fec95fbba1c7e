//! The snapshots of one toolchain, on disk and in memory.
//!
//! Owns the layout of its folder and the writing of files. What a toolchain
//! takes over from the pinned one is in `toolchains`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use walkdir::WalkDir;

use crate::ground::facts;
use crate::ground::problem::Problem;
use crate::judge::snapshot::file;
use crate::judge::snapshot::file::Entries;
use crate::judge::snapshot::file::Entry;
use crate::judge::snapshot::home::Home;

/// The snapshots of one toolchain: files by folder of cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshots {
    home: Home,
    files: BTreeMap<String, Entries>,
}

/// The file in a toolchain's folder that keeps the folder even if no snapshot
/// differs, and says which compiler it was.
pub const VERSION: &str = "rustc";

impl Snapshots {
    /// None yet.
    pub fn none(home: &Home) -> Self {
        Self {
            home: home.clone(),
            files: BTreeMap::new(),
        }
    }

    /// Reads the folder of a toolchain.
    pub fn load(
        root: &Utf8Path,
        home: &Home,
        folder: &Utf8Path,
        problems: &mut Vec<Problem>,
    ) -> anyhow::Result<Self> {
        let mut snapshots = Self::none(home);
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let path = Utf8PathBuf::try_from(entry?.into_path())?;
            if path.extension() != Some("txt") {
                continue;
            }
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
            let name = path.strip_prefix(folder)?.with_extension("").into_string();
            let entries = file::parse(path.strip_prefix(root)?, &text, problems);
            let name = Home::folder_of(&name);
            snapshots.files.insert(name.to_owned(), entries);
        }
        Ok(snapshots)
    }

    /// The snapshot of a case.
    pub fn get(&self, id: &str) -> Option<&str> {
        let (folder, name) = self.home.split(id);
        Some(&self.files.get(folder)?.get(name)?.text)
    }

    /// Replaces the snapshot of a case, or removes it.
    pub fn set(&mut self, id: &str, text: Option<String>) {
        let (folder, name) = self.home.split(id);
        let entries = self.files.entry(folder.to_owned()).or_default();
        match text {
            Some(text) => entries.insert(name.to_owned(), Entry { text, line: 0 }),
            None => entries.remove(name),
        };
    }

    /// The ids that have a snapshot and are not among `ids`, with their lines.
    pub fn orphans(&self, ids: &BTreeSet<&str>) -> Vec<(String, usize)> {
        let entries = self.files.iter().flat_map(|(folder, entries)| {
            let id = move |name: &String| self.home.id(folder, name);
            entries
                .iter()
                .map(move |(name, entry)| (id(name), entry.line))
        });
        entries
            .filter(|(id, _)| !ids.contains(id.as_str()))
            .collect()
    }

    /// Removes the snapshots of some ids.
    pub fn remove(&mut self, ids: &BTreeSet<String>) {
        for id in ids {
            if self.get(id).is_some() {
                self.set(id, None);
            }
        }
    }

    /// Writes what differs from `old`, each file at once or not at all, and the
    /// version of the compiler if the folder is new.
    pub fn save(
        &self,
        root: &Utf8Path,
        label: &str,
        version: Option<&str>,
        old: &Self,
    ) -> anyhow::Result<()> {
        for (folder, entries) in &self.files {
            if old
                .files
                .get(folder)
                .is_some_and(|before| same(before, entries))
            {
                continue;
            }
            let path = root.join(self.home.path(label, folder));
            match entries.is_empty() {
                true if path.is_file() => fs::remove_file(&path)?,
                true => {}
                false => replace(&path, &file::print(entries))?,
            }
        }
        let stamp = root.join(&self.home.folder).join(label).join(VERSION);
        match version.filter(|_| !stamp.is_file()) {
            Some(version) => replace(&stamp, &format!("{version}\n")),
            None => Ok(()),
        }
    }
}

/// Whether the texts are the same, wherever they stand in the file.
fn same(one: &Entries, other: &Entries) -> bool {
    let texts = |entries: &Entries| -> Vec<(String, String)> {
        let entries = entries.iter();
        let pairs = entries.map(|(name, entry)| (name.clone(), entry.text.clone()));
        pairs.collect()
    };
    texts(one) == texts(other)
}

fn replace(path: &Utf8Path, text: &str) -> anyhow::Result<()> {
    facts::replace(path, text.as_bytes())?;
    fs::set_permissions(path, readable())?;
    Ok(())
}

/// What was a temporary file is its owner's alone; a snapshot is everybody's.
fn readable() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    fs::Permissions::from_mode(0o644)
}
