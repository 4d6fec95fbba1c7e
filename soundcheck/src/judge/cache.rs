//! The cache of verdicts: a pass is not judged again while everything that it
//! depends on is the same.
//!
//! Owns what a verdict depends on. Only passes are kept: whatever failed is
//! judged by a compiler in every run. How facts are kept safely is in `store`.

use std::time::Duration;
use std::time::SystemTime;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;
use serde::Serialize;

use crate::ground::key;
use crate::ground::key::Key;
use crate::ground::store::Store;
use crate::ground::workspace::Workspace;
use crate::judge::case::Case;
use crate::judge::claim::Claims;
use crate::judge::scan::Scans;

/// The fingerprint of the tool's own sources and of its dependencies.
pub const HARNESS: &str = env!("SOUNDCHECK_SOURCES");

/// How long the passes of a build are kept after their last change.
pub const KEPT: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// Where verdicts are kept, if anywhere.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: Option<Utf8PathBuf>,
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
        }
    }

    /// A cache that is always empty.
    pub fn none() -> Self {
        Self { folder: None }
    }

    /// The scans of files.
    pub fn scans(&self) -> Scans {
        Scans::new(self.store(&format!("scans-{HARNESS}")))
    }

    /// The passes of a lane, under the hash of what all its cases depend on.
    pub fn passes(&self, lane: &str, ground: Key) -> Store<Pass> {
        let ground = blake3::Hash::from_bytes(ground).to_hex();
        self.store(&format!("{lane}-{}", &ground[..16]))
    }

    /// The tests that passed in a state of the workspace.
    pub fn board(&self, state: Key) -> Store<()> {
        let state = blake3::Hash::from_bytes(state).to_hex();
        self.store(&format!("board-{}", &state[..16]))
    }

    /// Removes what no run has changed for long.
    pub fn sweep(&self) {
        let entries = self
            .folder
            .iter()
            .filter_map(|folder| folder.read_dir_utf8().ok());
        for entry in entries.flatten().flatten() {
            if is_old(entry.path()) {
                // Another run may have removed it, or may be about to need it:
                // both cost time only.
                drop(std::fs::remove_file(entry.path()));
            }
        }
    }

    fn store<V>(&self, name: &str) -> Store<V>
    where
        V: Clone + Serialize + serde::de::DeserializeOwned,
    {
        match &self.folder {
            Some(folder) => Store::open(&folder.join(name)),
            None => Store::none(),
        }
    }
}

/// Whether a file or a folder was not changed for that long.
pub fn is_old(path: &Utf8Path) -> bool {
    let changed = path.metadata().and_then(|metadata| metadata.modified());
    let age = changed.map(|changed| SystemTime::now().duration_since(changed));
    matches!(age, Ok(Ok(age)) if age > KEPT)
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
