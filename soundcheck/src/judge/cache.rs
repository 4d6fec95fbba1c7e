//! The cache of verdicts: a pass is not judged again while everything that it
//! depends on is the same.
//!
//! Owns what a verdict depends on, and how much is kept. Only passes are kept:
//! whatever failed is judged by a compiler in every run. Each state of the crates
//! has passes of its own, so that who goes back to one finds them. How facts are
//! kept safely is in `store`.

use std::cmp::Reverse;
use std::fs;
use std::time::SystemTime;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;
use serde::Serialize;

use crate::ground::age;
use crate::ground::facts::Facts;
use crate::ground::key;
use crate::ground::key::Key;
use crate::ground::workspace::Workspace;
use crate::ground::workspace::SCRATCH;
use crate::judge::case::Case;
use crate::judge::claim::Claims;
use crate::judge::scan::Scans;

/// The fingerprint of the tool's own sources and of its dependencies.
pub const HARNESS: &str = env!("SOUNDCHECK_SOURCES");

/// How many bytes are kept; beyond that, what was not used for longest is removed.
pub const ROOM: u64 = 64 << 20;

/// Where verdicts are kept, if anywhere.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: Option<Utf8PathBuf>,
    /// Whether passes count.
    passes: bool,
}

/// A pass, and what is worth knowing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// How often the program was run again with a failing call.
    pub replays: usize,
}

impl Cache {
    /// The cache of a workspace.
    pub fn of(workspace: &Workspace) -> Self {
        Self {
            folder: Some(workspace.target().join("cache")),
            passes: true,
        }
    }

    /// A cache that is always empty.
    pub fn none() -> Self {
        Self {
            folder: None,
            passes: false,
        }
    }

    /// The same without any pass. What a parser finds in a text is no verdict,
    /// and stays known.
    pub fn without_passes(self) -> Self {
        Self {
            passes: false,
            ..self
        }
    }

    /// The scans of files.
    pub fn scans(&self) -> Scans {
        Scans::new(self.store(&format!("scans-{HARNESS}")))
    }

    /// The passes of a lane, under the hash of what all its cases depend on.
    pub fn passes(&self, lane: &str, ground: Key) -> Facts<Pass> {
        let ground = blake3::Hash::from_bytes(ground).to_hex();
        match self.passes {
            true => self.store(&format!("{lane}-{}", &ground[..16])),
            false => Facts::none(),
        }
    }

    /// The tests that passed in a state of the workspace.
    pub fn board(&self, state: Key) -> Facts<()> {
        let state = blake3::Hash::from_bytes(state).to_hex();
        match self.passes {
            true => self.store(&format!("board-{}", &state[..16])),
            false => Facts::none(),
        }
    }

    /// Removes what no run has used for long, and then whatever is too much. A
    /// run that was ended may have left a folder beside the cache.
    pub fn sweep(&self) {
        let Some(folder) = &self.folder else {
            return;
        };
        let mut room = ROOM;
        for entry in by_use(folder) {
            let left = room.checked_sub(entry.length);
            match left.filter(|_| !age::is_old(&entry.path)) {
                Some(left) => room = left,
                // Another run may have removed it, or may be about to need it:
                // both cost time only.
                None => drop(fs::remove_file(&entry.path)),
            }
        }
        let beside = folder.parent().map(by_use).unwrap_or_default();
        let left_over = |entry: &&Entry| {
            let name = entry.path.file_name().unwrap_or_default();
            name.starts_with(SCRATCH) && age::is_old(&entry.path)
        };
        for entry in beside.iter().filter(left_over) {
            drop(fs::remove_dir_all(&entry.path));
        }
    }

    fn store<V>(&self, name: &str) -> Facts<V>
    where
        V: Clone + Serialize + serde::de::DeserializeOwned,
    {
        match &self.folder {
            Some(folder) => Facts::open(&folder.join(name)),
            None => Facts::none(),
        }
    }
}

/// Something that is kept, and how long it is.
struct Entry {
    changed: SystemTime,
    length: u64,
    path: Utf8PathBuf,
}

/// What is in a folder, that which was used last first.
fn by_use(folder: &Utf8Path) -> Vec<Entry> {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    let entry = |entry: camino::Utf8DirEntry| {
        let metadata = entry.metadata().ok()?;
        Some(Entry {
            changed: metadata.modified().ok()?,
            length: metadata.len(),
            path: entry.into_path(),
        })
    };
    let mut entries: Vec<Entry> = entries.filter_map(entry).collect();
    entries.sort_by_key(|entry| Reverse(entry.changed));
    entries
}

/// The hash of what every verdict of a lane depends on: the tool, the
/// compiler, and the crates with their flags.
pub fn ground(lane: &str, compiler: &str, crates: &[(&str, Key)]) -> Key {
    let mut hasher = blake3::Hasher::new();
    for text in [HARNESS, lane, compiler] {
        key::add(&mut hasher, text.as_bytes());
    }
    for (flags, digest) in crates {
        key::add(&mut hasher, flags.as_bytes());
        key::add(&mut hasher, digest);
    }
    hasher.finalize().into()
}

/// The hash of what the verdict about a case depends on beside that, or `None`
/// if it depends on something that the tool does not see.
pub fn key(case: &Case, claims: &Claims) -> Option<Key> {
    if !case.is_self_contained() {
        return None;
    }
    let naming = claims.get(&case.claim).is_some_and(|claim| claim.naming);
    let mut hasher = blake3::Hasher::new();
    key::add(&mut hasher, case.kind.name().as_bytes());
    key::add(&mut hasher, case.id.as_bytes());
    key::add(&mut hasher, &[u8::from(naming)]);
    key::add(&mut hasher, &case.company);
    key::add(&mut hasher, case.text.as_bytes());
    Some(hasher.finalize().into())
}

/// The hash of a verdict that depends on a text beside the case.
pub fn with_text(key: Key, text: &str) -> Key {
    let mut hasher = blake3::Hasher::new();
    key::add(&mut hasher, &key);
    key::add(&mut hasher, text.as_bytes());
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_was_not_used_for_longest_makes_room() {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let folder = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
        let cache = Cache {
            folder: Some(folder.join("cache")),
            passes: true,
        };
        fs::create_dir(folder.join("cache")).expect("a folder can be made");
        let keep = |name: &str, length: u64, age: Duration| {
            let path = folder.join("cache").join(name);
            let file = fs::File::create(&path).expect("a file can be made");
            file.set_len(length).expect("it can be made longer");
            let changed = file.set_modified(SystemTime::now() - age);
            changed.expect("it can be made older");
            path
        };
        let hour = Duration::from_secs(60 * 60);
        let new = keep("new", ROOM - 10, hour);
        let small = keep("small", 10, 3 * hour);
        let large = keep("large", 11, 2 * hour);
        let old = keep("old", 0, 2 * age::KEPT);
        cache.sweep();
        assert!(new.exists() && small.exists());
        assert!(!large.exists() && !old.exists());
    }
}
