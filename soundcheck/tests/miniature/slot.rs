//! Folders that trees are copied to, one after the other: at the same path,
//! cargo need not build again what no test has edited.
//!
//! Owns what a copy inherits: the output of cargo, which checks it against the
//! sources, and nothing of the tool's own. The folders go with the last copy.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::Weak;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use walkdir::DirEntry;
use walkdir::WalkDir;

use crate::copy::copy_tree;

/// A folder that is used by one test at a time.
pub struct Slot {
    pool: Arc<Pool>,
    index: usize,
}

struct Pool {
    directory: tempfile::TempDir,
    taken: Mutex<Vec<bool>>,
}

static POOL: Mutex<Weak<Pool>> = Mutex::new(Weak::new());

impl Slot {
    /// A folder with a copy of `source` at `place`, and nothing else in it but
    /// what cargo has built below `target` for earlier copies.
    pub fn with_copy(source: &Utf8Path, place: &str) -> Self {
        let slot = Self::take();
        slot.restore(source, place)
            .expect("what the last test left can be put in order");
        slot
    }

    fn take() -> Self {
        let mut known = lock(&POOL);
        let pool = known.upgrade().unwrap_or_else(|| Arc::new(Pool::new()));
        *known = Arc::downgrade(&pool);
        let index = pool.turn();
        Self { pool, index }
    }

    /// The folder.
    pub fn path(&self) -> Utf8PathBuf {
        let path = Utf8Path::from_path(self.pool.directory.path());
        let path = path.expect("temporary paths are UTF-8");
        path.join(self.index.to_string())
    }

    fn restore(&self, source: &Utf8Path, place: &str) -> anyhow::Result<()> {
        let (folder, tree) = (self.path(), self.path().join(place));
        fs::create_dir_all(&folder)?;
        let output = folder.join("target/soundcheck");
        keep(&folder, |name| name == place || name == "target")?;
        keep(&folder.join("target"), |name| name == "soundcheck")?;
        keep(&output, |name| {
            name.starts_with("stable-") || name.starts_with("randomized-")
        })?;
        let inside = WalkDir::new(&tree).contents_first(true).into_iter();
        for entry in inside.filter(|_| tree.is_dir()) {
            let entry = entry?;
            let part = entry.path().strip_prefix(&tree)?;
            if !is_same(&entry, &source.as_std_path().join(part)) {
                remove(entry.path())?;
            }
        }
        copy_tree(source, &tree)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        lock(&self.pool.taken)[self.index] = false;
    }
}

impl Pool {
    fn new() -> Self {
        Self {
            directory: tempfile::tempdir().expect("a temporary directory can be made"),
            taken: Mutex::default(),
        }
    }

    fn turn(&self) -> usize {
        let mut taken = lock(&self.taken);
        let free = taken.iter().position(|is_taken| !is_taken);
        let index = free.unwrap_or(taken.len());
        match taken.get_mut(index) {
            Some(turn) => *turn = true,
            None => taken.push(true),
        }
        index
    }
}

/// A test that panics leaves nothing here in disorder.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Removes what is in a folder, but for some names.
fn keep(folder: &Utf8Path, is_kept: impl Fn(&str) -> bool) -> io::Result<()> {
    for entry in folder.read_dir_utf8().into_iter().flatten() {
        let entry = entry?;
        if !is_kept(entry.file_name()) {
            remove(entry.path().as_std_path())?;
        }
    }
    Ok(())
}

/// Whether what is in a copy is of the same kind as in the source, and as
/// writable. What is in a file is compared by who copies it.
fn is_same(entry: &DirEntry, source: &Path) -> bool {
    let (Ok(here), Ok(there)) = (entry.metadata(), source.symlink_metadata()) else {
        return false;
    };
    here.file_type() == there.file_type() && here.permissions() == there.permissions()
}

fn remove(path: &Path) -> io::Result<()> {
    match path.symlink_metadata()?.is_dir() {
        true => fs::remove_dir_all(path),
        false => fs::remove_file(path),
    }
}

#[test]
fn a_slot_keeps_what_cargo_built_and_nothing_else() {
    let source = tempfile::tempdir().expect("a temporary directory can be made");
    let source = Utf8Path::from_path(source.path()).expect("temporary paths are UTF-8");
    fs::write(source.join("kept"), "kept").expect("it can be written");
    let slot = Slot::with_copy(source, "tree");
    let write = |path: &str, text: &str| {
        let path = slot.path().join(path);
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(path, text).expect("it can be written");
    };
    write("tree/kept", "edited");
    write("tree/more/file", "");
    write(".cargo/config.toml", "");
    write("target/soundcheck/cache/pass", "");
    write("target/soundcheck/stable-1/crate", "");
    slot.restore(source, "tree").expect("it can be restored");
    let there = |path: &str| slot.path().join(path).exists();
    let text = fs::read_to_string(slot.path().join("tree/kept"));
    assert_eq!(text.ok().as_deref(), Some("kept"));
    assert!(there("target/soundcheck/stable-1/crate"));
    for gone in ["tree/more", ".cargo", "target/soundcheck/cache"] {
        assert!(!there(gone), "{gone} is still there");
    }
}
