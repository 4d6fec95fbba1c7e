//! The verdicts of earlier calls, in the target directory.
//!
//! Owns the file, to which each verdict is added as soon as it is known, so that
//! a call that is killed goes on where it was; and what a verdict depends on. A
//! kill depends on the case that noticed, a survival on all of them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::fs::File;
use std::io::Write as _;
use std::sync::Mutex;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;
use serde::Serialize;

use crate::command::mutants::options::Options;
use crate::command::mutants::options::Wanted;
use crate::command::mutants::verdict::Judged;
use crate::command::mutants::verdict::Kill;
use crate::command::mutants::verdict::Verdict;
use crate::ground::facts;
use crate::ground::key;
use crate::ground::key::Key;
use crate::judge::cache;
use crate::judge::case::Case;
use crate::judge::corpus::Corpus;
use crate::subject::mutation::Mutant;

/// The verdicts of earlier calls.
pub struct Results {
    file: Mutex<File>,
    suites: Utf8PathBuf,
    known: BTreeMap<String, Line>,
    ground: Key,
    /// The hashes of all cases.
    all: BTreeMap<String, String>,
    /// Those of the cases that look.
    cases: BTreeMap<String, String>,
    counts: bool,
    is_whole: bool,
}

/// A verdict in the file, with what it depends on.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Line {
    /// The hash of the crates, the tool and the edits.
    mutant: String,
    /// The hash of all cases.
    suite: String,
    /// The hash of the case that noticed.
    case: String,
    #[serde(flatten)]
    judged: Judged,
}

/// The folder with the cases of each suite that mutants have survived.
const SUITES: &str = "suites";

impl Results {
    /// Opens the file in a folder, or makes it. `ground` is the hash of what is
    /// mutated. If verdicts do not count, they still tell which cases are likely.
    /// Those of a file in which everybody who noticed is named depend on all
    /// cases.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn open(
        path: &Utf8Path,
        corpus: &Corpus,
        ground: Key,
        options: &Options,
    ) -> anyhow::Result<Self> {
        let folder = path.parent().context("a file is in a folder")?;
        fs::create_dir_all(folder)?;
        let text = fs::read_to_string(path).unwrap_or_default();
        let lines = text.lines();
        // A line that was cut off is no verdict.
        let lines = lines.filter_map(|line| serde_json::from_str::<Line>(line).ok());
        let known = lines.map(|line| (line.judged.id.clone(), line)).collect();
        let file = File::options().create(true).append(true).open(path);
        let file = file.with_context(|| format!("cannot write {path}"))?;
        let filters = &options.cases;
        let keys = |case: &Case| Some((case.id.clone(), hex(cache::key(case, &corpus.claims)?)));
        let all: BTreeMap<String, String> = corpus.spoken().filter_map(keys).collect();
        let is_wanted = |id: &str| filters.iter().any(|filter| id.contains(filter));
        let mut cases = all.clone();
        cases.retain(|id, _| filters.is_empty() || is_wanted(id));
        Ok(Self {
            file: Mutex::new(file),
            suites: folder.join(SUITES),
            known,
            ground,
            all,
            cases,
            counts: options.cache,
            is_whole: options.wanted != Wanted::First,
        })
    }

    /// Every verdict that was ever found, whether it still holds or not.
    pub fn all(&self) -> impl Iterator<Item = &Judged> {
        self.known.values().map(|line| &line.judged)
    }

    /// The verdict on a mutant, if nothing has changed that it depends on.
    pub fn find(&self, mutant: &Mutant) -> Option<Judged> {
        let line = self.line(mutant)?;
        let holds = match &line.judged.verdict {
            Verdict::Killed { .. } if !self.is_whole => line.case == self.case(&line.judged),
            Verdict::Unviable { .. } => true,
            Verdict::Timeout { .. } => false,
            Verdict::Killed { .. } | Verdict::Survived => {
                let looked = self.unchanged(&line.suite);
                self.cases.keys().all(|id| looked.contains(id))
            }
        };
        holds.then(|| line.judged.clone())
    }

    /// The cases that have looked at a mutant to the end, and who of them has
    /// noticed it. One that is new or has changed since has not looked.
    pub fn looked(&self, mutant: &Mutant) -> (BTreeSet<String>, Vec<Kill>) {
        let line = self.line(mutant).filter(|line| match line.judged.verdict {
            Verdict::Survived => true,
            Verdict::Killed { .. } => self.is_whole,
            _ => false,
        });
        let Some(line) = line else {
            return (BTreeSet::new(), Vec::new());
        };
        let looked = self.unchanged(&line.suite);
        let known = match &line.judged.verdict {
            Verdict::Killed { by } => by.clone(),
            _ => Vec::new(),
        };
        let known = known.into_iter().filter(|kill| looked.contains(kill.id()));
        let known = known.collect();
        (looked, known)
    }

    /// The cases of a suite that are still what they were.
    fn unchanged(&self, suite: &str) -> BTreeSet<String> {
        let text = fs::read_to_string(self.suites.join(suite)).ok();
        let keys = text.and_then(|text| serde_json::from_str::<BTreeSet<String>>(&text).ok());
        let keys = keys.unwrap_or_default();
        let looked = self.all.iter().filter(|(_, key)| keys.contains(*key));
        looked.map(|(id, _)| id.clone()).collect()
    }

    /// Remembers a suite, and gives its name.
    fn remember(&self, keys: &BTreeSet<&String>) -> anyhow::Result<String> {
        let text = serde_json::to_string(keys)?;
        let name = hex(blake3::hash(text.as_bytes()).into());
        let path = self.suites.join(&name);
        if !path.is_file() {
            facts::replace(&path, text.as_bytes())?;
        }
        Ok(name)
    }

    /// What was found about a mutant in the crates and with the tool as they are.
    fn line(&self, mutant: &Mutant) -> Option<&Line> {
        let line = self.known.get(&mutant.id).filter(|_| self.counts)?;
        (line.mutant == self.key(mutant)).then_some(line)
    }

    /// Adds a verdict.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn add(&self, mutant: &Mutant, judged: &Judged) -> anyhow::Result<()> {
        let (before, _) = self.looked(mutant);
        let before = before.iter().filter_map(|id| self.all.get(id));
        let looked = before.chain(self.cases.values()).collect();
        let line = Line {
            mutant: self.key(mutant),
            suite: self.remember(&looked)?,
            case: self.case(judged),
            judged: judged.clone(),
        };
        let line = serde_json::to_string(&line)? + "\n";
        let file = self.file.lock();
        let mut file = file.unwrap_or_else(|poisoned| poisoned.into_inner());
        // In one call, so that nobody else writes into the line.
        file.write_all(line.as_bytes())
            .context("cannot keep a verdict")
    }

    fn key(&self, mutant: &Mutant) -> String {
        let mut hasher = blake3::Hasher::new();
        key::add(&mut hasher, cache::HARNESS.as_bytes());
        key::add(&mut hasher, &self.ground);
        let edits = serde_json::to_string(&(&mutant.edits, &mutant.adaptations));
        key::add(&mut hasher, edits.unwrap_or_default().as_bytes());
        hex(hasher.finalize().into())
    }

    /// The hash of the case that noticed; that of nothing if it was no case.
    fn case(&self, judged: &Judged) -> String {
        let kill = judged.first_kill();
        let key = kill.map(Kill::id).and_then(|id| self.all.get(id));
        key.cloned().unwrap_or_default()
    }
}

fn hex(key: Key) -> String {
    blake3::Hash::from_bytes(key).to_hex()[..16].to_owned()
}
