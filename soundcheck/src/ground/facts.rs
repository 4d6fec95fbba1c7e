//! A file of small facts under hashes, shared by runs at the same time.
//!
//! Owns the format and its safety: a file is written under a temporary name
//! and renamed, writers take turns, and a file that is damaged counts as
//! empty. What a key stands for is decided by its user.

use std::collections::BTreeMap;
use std::fs;
use std::fs::File;
use std::fs::TryLockError;
use std::io::Write as _;
use std::sync::Mutex;
use std::time::SystemTime;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::de::DeserializeOwned;
use serde::Serialize;

use crate::ground::key::Key;
use crate::ground::patience;

type Table<V> = BTreeMap<Key, V>;

/// Facts that were there, and facts that are new.
#[derive(Debug)]
pub struct Facts<V> {
    path: Option<Utf8PathBuf>,
    known: Table<V>,
    fresh: Mutex<Table<V>>,
}

impl<V: Clone + Serialize + DeserializeOwned> Facts<V> {
    /// Reads the store at a path; one that is missing or damaged is empty.
    pub fn open(path: &Utf8Path) -> Self {
        Self {
            path: Some(path.to_owned()),
            known: read(path).unwrap_or_default(),
            fresh: Mutex::default(),
        }
    }

    /// A store that knows nothing and keeps nothing.
    pub fn none() -> Self {
        Self {
            path: None,
            known: Table::new(),
            fresh: Mutex::default(),
        }
    }

    /// The fact under a key.
    pub fn get(&self, key: &Key) -> Option<V> {
        self.known.get(key).cloned()
    }

    /// Adds a fact, which is kept when the store is saved.
    pub fn put(&self, key: Key, fact: V) {
        let fresh = self.fresh.lock();
        let mut fresh = fresh.unwrap_or_else(|poisoned| poisoned.into_inner());
        fresh.insert(key, fact);
    }

    /// Adds the new facts to those that are in the file by now. One that was only
    /// read counts as used.
    ///
    /// # Errors
    ///
    /// The file cannot be written; what was in it before is still there.
    pub fn save(self) -> anyhow::Result<()> {
        let fresh = self.fresh.into_inner();
        let fresh = fresh.unwrap_or_else(|poisoned| poisoned.into_inner());
        let Some(path) = self.path else {
            return Ok(());
        };
        if fresh.is_empty() {
            touch(&path);
            return Ok(());
        }
        let folder = path.parent().context("a store is in a folder")?;
        fs::create_dir_all(folder)?;
        let _turn = lock(&path.with_extension("lock"))?;
        let mut facts: Table<V> = read(&path).unwrap_or_default();
        facts.extend(fresh);
        write(&path, &facts)
    }
}

/// Says that a file or a folder was used. One that cannot be touched is still
/// good.
pub fn touch(path: &Utf8Path) {
    drop(File::open(path).and_then(|file| file.set_modified(SystemTime::now())));
}

/// Takes the lock that a file stands for; if that takes long, people are told
/// what is waited for. It is free again when the file is
/// closed, also if the process is killed.
///
/// # Errors
///
/// The file cannot be made or locked.
pub fn lock(path: &Utf8Path) -> anyhow::Result<File> {
    let options = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path);
    let file = options.with_context(|| format!("cannot open {path}"))?;
    let locked = match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            let what = format!("waiting for another run, which holds {path}");
            patience::during(patience::TURN, &what, || file.lock())
        }
        Err(TryLockError::Error(error)) => Err(error),
        Ok(()) => Ok(()),
    };
    locked.with_context(|| format!("cannot lock {path}"))?;
    Ok(file)
}

/// Writes a file so that a reader sees either the old or the new contents.
///
/// # Errors
///
/// The file cannot be written.
pub fn replace(path: &Utf8Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().context("a file is in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {folder}"))?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)
        .with_context(|| format!("cannot write {path}"))?;
    Ok(())
}

/// The facts, and at the end the hash of all bytes before it.
fn write<V: Serialize>(path: &Utf8Path, facts: &Table<V>) -> anyhow::Result<()> {
    let mut bytes = postcard::to_allocvec(facts)?;
    let hash = blake3::hash(&bytes);
    bytes.extend(hash.as_bytes());
    replace(path, &bytes)
}

fn read<V: DeserializeOwned>(path: &Utf8Path) -> Option<Table<V>> {
    let bytes = fs::read(path).ok()?;
    let (facts, hash) = bytes.split_last_chunk::<32>()?;
    if blake3::hash(facts).as_bytes() != hash {
        return None;
    }
    postcard::from_bytes(facts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let path = Utf8Path::from_path(folder.path()).expect("temporary paths are UTF-8");
        let path = path.join("store");
        (folder, path)
    }

    fn keep(path: &Utf8Path, key: u8, fact: u32) {
        let store = Facts::open(path);
        store.put([key; 32], fact);
        store.save().expect("the store can be written");
    }

    #[test]
    fn a_fact_is_there_in_the_next_run() {
        let (_folder, path) = folder();
        keep(&path, 1, 10);
        assert_eq!(Facts::<u32>::open(&path).get(&[1; 32]), Some(10));
        assert_eq!(Facts::<u32>::open(&path).get(&[2; 32]), None);
    }

    #[test]
    fn runs_at_the_same_time_keep_the_facts_of_each_other() {
        let (_folder, path) = folder();
        let early = Facts::<u32>::open(&path);
        early.put([1; 32], 10);
        keep(&path, 2, 20);
        early.save().expect("the store can be written");
        let store = Facts::<u32>::open(&path);
        assert_eq!(
            (store.get(&[1; 32]), store.get(&[2; 32])),
            (Some(10), Some(20))
        );
    }

    #[test]
    fn a_damaged_file_counts_as_empty() {
        let (_folder, path) = folder();
        keep(&path, 1, 10);
        let mut bytes = fs::read(&path).expect("the store is a file");
        bytes[5] ^= 1;
        fs::write(&path, &bytes).expect("it can be written");
        assert_eq!(Facts::<u32>::open(&path).get(&[1; 32]), None);
        fs::write(&path, &bytes[..7]).expect("it can be written");
        assert_eq!(Facts::<u32>::open(&path).get(&[1; 32]), None);
        keep(&path, 2, 20);
        assert_eq!(Facts::<u32>::open(&path).get(&[2; 32]), Some(20));
    }
}
