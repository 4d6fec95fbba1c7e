//! Compiled crates under the hash of everything that went into them.
//!
//! Owns the folders: each is complete or not there, whoever builds at the same
//! time. One that no run has used for long is removed.

use std::fs;
use std::fs::File;
use std::time::SystemTime;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::age;
use crate::ground::key::Key;

/// The folders of crates.
#[derive(Clone, Debug)]
pub struct Compiled {
    folder: Utf8PathBuf,
}

impl Compiled {
    /// The store in a folder, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// The folder cannot be made.
    pub fn open(folder: Utf8PathBuf) -> anyhow::Result<Self> {
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {folder}"))?;
        Ok(Self { folder })
    }

    /// Where a crate is, or will be.
    pub fn place(&self, name: &str, key: Key) -> Utf8PathBuf {
        let hash = blake3::Hash::from_bytes(key).to_hex();
        self.folder.join(format!("{name}-{}", &hash[..16]))
    }

    /// Whether a crate is there; if so, it is kept for longer.
    pub fn has(&self, place: &Utf8Path) -> bool {
        let touched = File::open(place).and_then(|folder| folder.set_modified(SystemTime::now()));
        // A crate that cannot be touched is still good.
        drop(touched);
        place.is_dir()
    }

    /// A folder to compile into.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn workshop(&self) -> anyhow::Result<tempfile::TempDir> {
        let folder = tempfile::Builder::new()
            .prefix(NEW)
            .tempdir_in(&self.folder)?;
        Ok(folder)
    }

    /// Puts what was compiled in its place, unless another run was faster.
    ///
    /// # Errors
    ///
    /// It cannot be moved there.
    pub fn admit(&self, workshop: tempfile::TempDir, place: &Utf8Path) -> anyhow::Result<()> {
        match fs::rename(workshop.path(), place) {
            Ok(()) => {
                // It has moved, and must not be removed under its old name.
                drop(workshop.keep());
                Ok(())
            }
            Err(_) if place.is_dir() => Ok(()),
            Err(error) => Err(error).with_context(|| format!("cannot create {place}")),
        }
    }

    /// A folder in which the compiler keeps what it learned of a crate.
    pub fn increments(&self, name: &str) -> Utf8PathBuf {
        self.folder.join(format!("increments-{name}"))
    }

    /// Removes what no run has used for long.
    pub fn sweep(&self) {
        let entries = self.folder.read_dir_utf8().into_iter().flatten().flatten();
        for entry in entries.filter(|entry| age::is_old(entry.path())) {
            // Another run may have removed it, or may be about to need it: both
            // cost time only.
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}

/// The beginning of the names of folders that are not complete.
const NEW: &str = "new-";

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Compiled) {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let path = Utf8PathBuf::try_from(folder.path().join("crates")).expect("it is UTF-8");
        (folder, Compiled::open(path).expect("it can be made"))
    }

    fn admit(store: &Compiled, place: &Utf8Path, text: &str) {
        let workshop = store.workshop().expect("it can be made");
        fs::write(workshop.path().join("lib"), text).expect("it can be written");
        store.admit(workshop, place).expect("it can be moved");
    }

    #[test]
    fn a_crate_is_there_once_it_is_complete() {
        let (_folder, store) = store();
        let place = store.place("kernel", [7; 32]);
        assert!(!store.has(&place));
        admit(&store, &place, "one");
        assert!(store.has(&place));
        assert_eq!(
            fs::read_to_string(place.join("lib")).ok().as_deref(),
            Some("one")
        );
    }

    #[test]
    fn who_comes_second_leaves_the_first_alone() {
        let (_folder, store) = store();
        let place = store.place("kernel", [7; 32]);
        admit(&store, &place, "one");
        admit(&store, &place, "two");
        assert_eq!(
            fs::read_to_string(place.join("lib")).ok().as_deref(),
            Some("one")
        );
        let left = store.folder.read_dir_utf8().expect("it is there").count();
        assert_eq!(left, 1);
    }

    #[test]
    fn what_was_not_used_for_long_is_removed() {
        let (_folder, store) = store();
        let (old, new) = (store.place("a", [1; 32]), store.place("b", [2; 32]));
        for place in [&old, &new] {
            admit(&store, place, "");
        }
        let long_ago = SystemTime::now() - 2 * age::KEPT;
        let touched = File::open(&old).and_then(|folder| folder.set_modified(long_ago));
        touched.expect("it can be touched");
        store.sweep();
        assert!(!old.is_dir() && new.is_dir());
    }
}
