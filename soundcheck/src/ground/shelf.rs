//! The shelf: what earlier builds came to, for several states of the sources.
//!
//! Owns the folders of crates, each under the hash of what is in it, and the
//! records that say which state of the sources led there. So nobody builds
//! between a run and the crates that it judges, and who goes back to a state
//! finds its crates, and with them its passes. Cargo's own folders know one
//! state only.

use std::fs;
use std::fs::File;

use anyhow::ensure;
use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::age;
use crate::ground::artifacts::Artifacts;
use crate::ground::facts;
use crate::ground::key::Key;
use crate::ground::record;

/// How many states of the sources are kept of each kind of build.
pub const STATES: usize = 8;

/// How many folders of crates are kept for all of them.
const FOLDERS: usize = 4 * STATES;

/// The builds of one kind.
#[derive(Debug)]
pub struct Shelf {
    folder: Utf8PathBuf,
    name: String,
}

impl Shelf {
    /// The builds in a folder under a name.
    pub fn new(folder: Utf8PathBuf, name: String) -> Self {
        Self { folder, name }
    }

    /// Takes the turn to build. Runs in other places may share the folder.
    ///
    /// # Errors
    ///
    /// The folder cannot be made, or the lock cannot be taken.
    pub fn turn(&self) -> anyhow::Result<File> {
        fs::create_dir_all(&self.folder)
            .with_context(|| format!("cannot create {}", self.folder))?;
        facts::lock(&self.folder.join("build.lock"))
    }

    /// The crates of a workspace as it is now, if it was built like that.
    /// `ask` gives the hash of what a build like an earlier one depends on.
    pub fn find(&self, root: &Utf8Path, ask: impl Fn(&Artifacts) -> Key) -> Option<Artifacts> {
        self.records().into_iter().find_map(|path| {
            let ask = |built: &Artifacts| match built.is_of(root) {
                true => ask(built),
                false => Key::default(),
            };
            let built: Artifacts = record::load(&path, ask)?;
            self.touch(&path, &built);
            Some(built)
        })
    }

    /// What was built last in a workspace.
    pub fn last(&self, root: &Utf8Path) -> Option<Artifacts> {
        let mut built = self
            .records()
            .into_iter()
            .filter_map(|path| record::last(&path));
        built.find(|built: &Artifacts| built.is_of(root))
    }

    /// Puts the files of a build on the shelf, as they are now.
    ///
    /// # Errors
    ///
    /// They cannot be linked nor copied.
    pub fn put(&self, files: &[&Utf8Path], content: Key) -> anyhow::Result<Utf8PathBuf> {
        let crates = self.folder.join("crates");
        let place = crates.join(format!("{}-{}", self.name, short(content)));
        if place.is_dir() && files.iter().all(|file| is_same(file, &place)) {
            return Ok(place);
        }
        fs::create_dir_all(&crates).with_context(|| format!("cannot create {crates}"))?;
        let workshop = tempfile::Builder::new()
            .prefix("new-")
            .tempdir_in(&crates)?;
        for file in files {
            let goal = workshop.path().join(file.file_name().unwrap_or_default());
            ensure!(!goal.exists(), "two crates are in files named {file}");
            // Another file system, or one without links, gets copies.
            if fs::hard_link(file, &goal).is_err() {
                fs::copy(file, &goal).with_context(|| format!("cannot copy {file}"))?;
            }
        }
        // One that somebody has spoilt may be there.
        drop(fs::remove_dir_all(&place));
        fs::rename(workshop.path(), &place).with_context(|| format!("cannot create {place}"))?;
        // It has moved, and must not be removed under its old name.
        drop(workshop.keep());
        Ok(place)
    }

    /// Remembers which state of the sources a build belongs to.
    pub fn remember(&self, question: Key, built: &Artifacts, files: &[&Utf8Path]) {
        let name = format!("build-{}-{}", self.name, short(question));
        record::save(
            &self.folder.join("cache").join(name),
            question,
            built,
            files,
        );
        self.sweep();
    }

    /// The records of this kind, that which was used last first.
    fn records(&self) -> Vec<Utf8PathBuf> {
        let prefix = format!("build-{}-", self.name);
        by_age(&self.folder.join("cache"), |name| {
            // The name of another kind may begin like this one's.
            let hash = name.strip_prefix(&prefix);
            hash.is_some_and(|hash| !hash.contains('-'))
        })
    }

    /// What is used is kept for longer.
    fn touch(&self, record: &Utf8Path, built: &Artifacts) {
        for path in built
            .dependencies
            .iter()
            .map(Utf8PathBuf::as_path)
            .chain([record])
        {
            facts::touch(path);
        }
    }

    /// Removes what is too old or too much.
    fn sweep(&self) {
        let all = |_: &str| true;
        let records = self.records().into_iter().skip(STATES);
        let folders = by_age(&self.folder.join("crates"), all).into_iter();
        let folders = folders
            .enumerate()
            .filter(|(index, path)| *index >= FOLDERS || age::is_old(path));
        // Another run may have removed them: that costs time only.
        records.for_each(|path| drop(fs::remove_file(path)));
        folders.for_each(|(_, path)| drop(fs::remove_dir_all(path)));
    }
}

/// What is in a folder under some names, that which was changed last first.
fn by_age(folder: &Utf8Path, is_wanted: impl Fn(&str) -> bool) -> Vec<Utf8PathBuf> {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    let wanted = entries.filter(|entry| is_wanted(entry.file_name()));
    let changed = |path: &Utf8Path| path.metadata().and_then(|it| it.modified()).ok();
    let mut found: Vec<_> = wanted
        .filter_map(|entry| Some((changed(entry.path())?, entry.into_path())))
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, path)| path).collect()
}

/// Whether a file is on the shelf, and nobody has touched it there.
fn is_same(file: &Utf8Path, place: &Utf8Path) -> bool {
    let kept = place.join(file.file_name().unwrap_or_default());
    record::hash(file).is_some_and(|hash| record::hash(&kept) == Some(hash))
}

fn short(key: Key) -> String {
    blake3::Hash::from_bytes(key).to_hex()[..16].to_owned()
}
