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

use crate::command::mutants::verdict::Judged;
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
    suite: String,
    cases: BTreeMap<String, String>,
    counts: bool,
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
    /// Opens the file, or makes it. `ground` is the hash of what is mutated. If
    /// verdicts do not count, they still tell which cases are likely.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn open(
        path: &Utf8Path,
        corpus: &Corpus,
        ground: Key,
        counts: bool,
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
        let keys = |case: &Case| Some((case.id.clone(), hex(cache::key(case, &corpus.claims)?)));
        let cases: BTreeMap<String, String> = corpus.spoken().filter_map(keys).collect();
        let suite: String = cases.values().map(String::as_str).collect();
        let results = Self {
            file: Mutex::new(file),
            suites: folder.join(SUITES),
            known,
            ground,
            suite: hex(blake3::hash(suite.as_bytes()).into()),
            cases,
            counts,
        };
        let all: BTreeSet<&String> = results.cases.values().collect();
        let all = serde_json::to_string(&all)?;
        facts::replace(&results.suites.join(&results.suite), all.as_bytes())?;
        Ok(results)
    }

    /// Every verdict that was ever found, whether it still holds or not.
    pub fn all(&self) -> impl Iterator<Item = &Judged> {
        self.known.values().map(|line| &line.judged)
    }

    /// The verdict on a mutant, if nothing has changed that it depends on.
    pub fn find(&self, mutant: &Mutant) -> Option<Judged> {
        let line = self.known.get(&mutant.id).filter(|_| self.counts)?;
        let is_same = line.mutant == self.key(mutant);
        let holds = match &line.judged.verdict {
            Verdict::Killed { .. } => line.case == self.case(&line.judged),
            Verdict::Unviable { .. } => true,
            Verdict::Timeout { .. } => false,
            Verdict::Survived => line.suite == self.suite,
        };
        (is_same && holds).then(|| line.judged.clone())
    }

    /// The cases that have looked at a mutant and did not notice it. One that is
    /// new or has changed since has not looked.
    pub fn looked(&self, mutant: &Mutant) -> BTreeSet<String> {
        let line = self.known.get(&mutant.id).filter(|_| self.counts);
        let survived = line.filter(|line| {
            line.judged.verdict == Verdict::Survived && line.mutant == self.key(mutant)
        });
        let suite = survived.and_then(|line| {
            let text = fs::read_to_string(self.suites.join(&line.suite)).ok()?;
            serde_json::from_str::<BTreeSet<String>>(&text).ok()
        });
        let suite = suite.unwrap_or_default();
        let looked = self.cases.iter().filter(|(_, key)| suite.contains(*key));
        looked.map(|(id, _)| id.clone()).collect()
    }

    /// Adds a verdict.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn add(&self, mutant: &Mutant, judged: &Judged) -> anyhow::Result<()> {
        let line = Line {
            mutant: self.key(mutant),
            suite: self.suite.clone(),
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
        let id = kill.map(|kill| kill.case.split('@').next().unwrap_or_default());
        let key = id.and_then(|id| self.cases.get(id));
        key.cloned().unwrap_or_default()
    }
}

fn hex(key: Key) -> String {
    blake3::Hash::from_bytes(key).to_hex()[..16].to_owned()
}
