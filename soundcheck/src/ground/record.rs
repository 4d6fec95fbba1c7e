//! What an earlier run learned from rustc and cargo, and whether it still holds.
//!
//! Owns the questions: a record is used only while the files and variables
//! that its answer came from are the same. So a run without changes starts
//! neither rustc nor cargo.

use std::fs;
use std::time::UNIX_EPOCH;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::Deserialize;
use serde::Serialize;
use walkdir::WalkDir;

use crate::ground::facts;
use crate::ground::key;
use crate::ground::key::Key;

/// An answer and the question that it belongs to.
#[derive(Serialize, Deserialize)]
struct Record<T> {
    question: Key,
    answer: T,
    /// Files that the answer speaks about.
    stamps: Vec<Stamp>,
}

/// How a file looked when it was last seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    path: Utf8PathBuf,
    length: u64,
    changed: u128,
}

impl Stamp {
    /// How a file looks now, if it is there.
    pub fn of(path: &Utf8Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        let changed = metadata.modified().ok()?;
        Some(Self {
            path: path.to_owned(),
            length: metadata.len(),
            changed: changed.duration_since(UNIX_EPOCH).ok()?.as_nanos(),
        })
    }

    /// Whether the file still looks like that.
    pub fn holds(&self) -> bool {
        Self::of(&self.path).as_ref() == Some(self)
    }
}

/// The answer in a record, whatever has changed since.
pub fn last<T: DeserializeOwned>(path: &Utf8Path) -> Option<T> {
    Some(read(path)?.answer)
}

/// Reads an answer if it was given to the same question, and nobody has
/// touched the files it speaks about. `ask` makes the question, for which it
/// may need the answer of old.
pub fn load<T: DeserializeOwned>(path: &Utf8Path, ask: impl FnOnce(&T) -> Key) -> Option<T> {
    let record: Record<T> = read(path)?;
    if record.stamps.iter().all(Stamp::holds) && ask(&record.answer) == record.question {
        return Some(record.answer);
    }
    None
}

fn read<T: DeserializeOwned>(path: &Utf8Path) -> Option<Record<T>> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Keeps an answer for later runs. One that cannot be kept costs time only.
pub fn save<T: Serialize>(path: &Utf8Path, question: Key, answer: &T, files: &[&Utf8Path]) {
    let stamps: Option<Vec<Stamp>> = files.iter().map(|file| Stamp::of(file)).collect();
    let Some(stamps) = stamps else { return };
    let record = Record {
        question,
        answer,
        stamps,
    };
    if let Ok(text) = serde_json::to_vec(&record) {
        drop(facts::replace(path, &text));
    }
}

/// A question that is still being put together.
#[derive(Default)]
pub struct Question {
    hasher: blake3::Hasher,
}

impl Question {
    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        key::add(&mut self.hasher, text.as_bytes());
        self
    }

    /// Adds variables of the environment, set or not.
    pub fn variables(&mut self, names: &[&str]) -> &mut Self {
        for name in names {
            let value = std::env::var(name);
            self.text(name).text(value.as_deref().unwrap_or("\0"));
        }
        self
    }

    /// Adds all variables of the environment whose names begin like this.
    pub fn variables_with(&mut self, prefix: &str) -> &mut Self {
        let mut variables: Vec<(String, String)> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| name.starts_with(prefix))
            .collect();
        variables.sort();
        for (name, value) in &variables {
            self.text(name).text(value);
        }
        self
    }

    /// Adds the contents of a file, or that it is not there.
    pub fn file(&mut self, path: &Utf8Path) -> &mut Self {
        self.text(path.as_str());
        match fs::read(path) {
            Ok(bytes) => key::add(&mut self.hasher, &bytes),
            Err(_) => key::add(&mut self.hasher, b"\0"),
        }
        self
    }

    /// Adds the contents of all files below a folder.
    pub fn folder(&mut self, folder: &Utf8Path) -> &mut Self {
        let paths = sources(folder);
        let hashes: Vec<Option<Key>> = paths.par_iter().map(|path| hash(path)).collect();
        for (path, hash) in paths.iter().zip(hashes) {
            self.text(path.as_str()).key_of(&hash.unwrap_or_default());
        }
        self
    }

    /// Adds the contents of a file, or of all files below a folder with their
    /// names in it, wherever it lies.
    pub fn contents(&mut self, place: &Utf8Path) -> &mut Self {
        let paths = sources(place);
        let hashes: Vec<Option<Key>> = paths.par_iter().map(|path| hash(path)).collect();
        for (path, hash) in paths.iter().zip(hashes) {
            let inner = path.strip_prefix(place).unwrap_or(path);
            self.text(inner.as_str()).key_of(&hash.unwrap_or_default());
        }
        self
    }

    /// Adds a hash.
    pub fn key_of(&mut self, key: &Key) -> &mut Self {
        key::add(&mut self.hasher, key);
        self
    }

    /// Adds the names of all files below a folder, and when each was last
    /// written.
    pub fn touched(&mut self, folder: &Utf8Path) -> &mut Self {
        for path in sources(folder) {
            let stamp = Stamp::of(&path);
            let stamp = stamp.map_or((0, 0), |stamp| (stamp.length, stamp.changed));
            self.text(path.as_str()).text(&format!("{stamp:?}"));
        }
        self
    }

    /// The hash of everything that was added.
    pub fn key(&self) -> Key {
        self.hasher.finalize().into()
    }
}

/// All files below a folder but build output and hidden ones, in order; also
/// those that links lead to.
fn sources(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let is_source = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || (name != "target" && !name.starts_with('.'))
    };
    let walk = WalkDir::new(folder).follow_links(true);
    let walk = walk.sort_by_file_name().into_iter();
    walk.filter_entry(is_source)
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| Utf8PathBuf::try_from(entry.into_path()).ok())
        .collect()
}

/// The hash of the contents of a file.
pub fn hash(path: &Utf8Path) -> Option<Key> {
    let bytes = fs::read(path).ok()?;
    Some(blake3::hash(&bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let path = Utf8PathBuf::try_from(folder.path().to_owned()).expect("it is UTF-8");
        (folder, path)
    }

    fn key(text: &str) -> Key {
        Question::default().text(text).key()
    }

    #[test]
    fn an_answer_holds_for_its_question_only() {
        let (_folder, path) = folder();
        let record = path.join("record");
        save(&record, key("a"), &7, &[]);
        assert_eq!(load::<u32>(&record, |_| key("a")), Some(7));
        assert_eq!(load::<u32>(&record, |_| key("b")), None);
    }

    #[test]
    fn an_answer_ends_with_the_file_it_speaks_about() {
        let (_folder, path) = folder();
        let (record, file) = (path.join("record"), path.join("file"));
        fs::write(&file, "one").expect("it can be written");
        save(&record, key("a"), &7, &[&file]);
        assert_eq!(load::<u32>(&record, |_| key("a")), Some(7));
        fs::write(&file, "three").expect("it can be written");
        assert_eq!(load::<u32>(&record, |_| key("a")), None);
    }

    #[test]
    fn a_folder_is_its_files_and_their_names() {
        let (_folder, path) = folder();
        let now = || Question::default().folder(&path).key();
        let empty = now();
        fs::write(path.join("a"), "text").expect("it can be written");
        let named_a = now();
        fs::rename(path.join("a"), path.join("b")).expect("it can be renamed");
        assert!(empty != named_a && named_a != now());
    }
}
