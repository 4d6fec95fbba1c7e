//! Cases as individual tests that share their batches.
//!
//! A test runner may start one process a case. Owns the names of the tests,
//! the groups that are judged together by whichever process comes first, and
//! the board on which that process leaves what passed for the others. The
//! board answers while no file of the workspace has been touched; behind it is
//! the cache, which looks at contents.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::Mutex;

use camino::Utf8Path;
use xxhash_rust::xxh64::xxh64;

use crate::command::check;
use crate::command::options::CheckOptions;
use crate::ground::facts;
use crate::ground::facts::Facts;
use crate::ground::key::Key;
use crate::ground::problem::Problem;
use crate::ground::record::Question;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::cache;
use crate::judge::cache::Cache;
use crate::judge::corpus::Corpus;
use crate::judge::event::Event;
use crate::judge::event::Outcome;
use crate::judge::event::Summary;
use crate::judge::lane::Lane;
use crate::judge::reporter::Reporter;
use crate::judge::runner::LaneRunner;
use crate::judge::selection::Selection;
use crate::judge::tally::Tally;
use crate::report;
use crate::subject::load;
use crate::subject::target::Target;

/// The verdicts of a workspace, one a test.
pub struct Share {
    options: CheckOptions,
    workspace: Workspace,
    cache: Cache,
    state: Key,
    /// The compiler, which snapshots are kept by.
    label: String,
}

/// Why a test did not pass, or `None` if it did.
pub type Verdict = Option<String>;

impl Share {
    /// The verdicts that `check` would give with these options.
    ///
    /// # Errors
    ///
    /// There is no workspace, or no compiler for it.
    pub fn open(options: CheckOptions) -> anyhow::Result<Self> {
        let workspace = Workspace::open(options.root.as_deref(), options.target_dir.as_deref())?;
        let toolchain = Toolchain::resolve(&workspace)?;
        let mut question = Question::default();
        question.text(cache::HARNESS).text(&toolchain.verbose);
        question.touched(workspace.root());
        Ok(Self {
            cache: options.cache(&workspace),
            options,
            workspace,
            state: question.key(),
            label: toolchain.label,
        })
    }

    /// The name of every test, in the order in which lanes judge.
    ///
    /// # Errors
    ///
    /// The cases are not in order.
    pub fn names(&self) -> anyhow::Result<Vec<String>> {
        let (target, corpus) = self.corpus()?;
        let all = target.lanes(&self.workspace)?;
        let lanes: Vec<&dyn LaneRunner> = all.iter().map(|lane| &**lane).collect();
        let selection = Selection::default();
        selection.admit(&corpus, Vec::new)?;
        let is_covered = corpus.snapshots.cover(&self.label);
        let runs = |lane: Lane| is_covered || lane != Lane::SNAPSHOT;
        let lanes = lanes.into_iter().filter(|lane| runs(lane.lane()));
        let names = lanes.flat_map(|lane| {
            let ids = lane.ids(&corpus, &target.subject, &selection).into_iter();
            ids.map(move |id| lane.lane().test(&id))
        });
        Ok(names.collect())
    }

    /// What is wrong with the corpus as a whole: claims without a case, cells
    /// that are still to be decided, cases that nobody has reviewed.
    ///
    /// # Errors
    ///
    /// The cases cannot be read.
    pub fn gaps(&self) -> anyhow::Result<Vec<Problem>> {
        let (_, corpus) = self.corpus()?;
        let undecided = corpus.undecided.iter().map(|cell| cell.problem.clone());
        let gaps = corpus.unproven().into_iter().chain(undecided);
        Ok(gaps.chain(corpus.unreviewed.iter().cloned()).collect())
    }

    fn corpus(&self) -> anyhow::Result<(Target, Corpus)> {
        let target = Target::open(&self.workspace, None)?;
        let corpus = load::corpus(&self.workspace, &self.cache, &target)?;
        Ok((target, corpus))
    }

    /// Whether a test passed since any file was touched.
    pub fn has_passed(&self, name: &str) -> bool {
        self.board().get(&self.key(name)).is_some()
    }

    /// The verdict of one test.
    ///
    /// # Errors
    ///
    /// Nothing could be judged.
    pub fn one(&self, test: &str) -> anyhow::Result<Verdict> {
        if self.has_passed(test) {
            return Ok(None);
        }
        let verdicts = self.all(BTreeSet::from([test.to_owned()]))?;
        Ok(of(verdicts, test))
    }

    /// The verdict of one test of many that other processes run at the same
    /// time: it is judged together with its group, by one of them.
    ///
    /// # Errors
    ///
    /// Nothing could be judged.
    pub fn one_of_many(&self, test: &str) -> anyhow::Result<Verdict> {
        if self.has_passed(test) {
            return Ok(None);
        }
        let group = group(test);
        let folder = self.workspace.target().join("cache");
        std::fs::create_dir_all(&folder)?;
        let _turn = facts::lock(&folder.join(format!("{group}.lock")))?;
        if self.has_passed(test) {
            return Ok(None);
        }
        let names = self.names()?.into_iter();
        let together = names.filter(|name| self::group(name) == group).collect();
        Ok(of(self.all(together)?, test))
    }

    /// The verdicts of many tests, judged together.
    ///
    /// # Errors
    ///
    /// Nothing could be judged.
    pub fn all(&self, names: BTreeSet<String>) -> anyhow::Result<BTreeMap<String, Verdict>> {
        let verdicts = Verdicts::default();
        let options = CheckOptions {
            only: Some(names.clone()),
            ..self.options.clone()
        };
        let summary = check::check(&options, &mut [Box::new(verdicts.clone())])?;
        let judged = verdicts.take();
        let lost = lost(&summary);
        let board = self.board();
        let mut all = BTreeMap::new();
        for name in names {
            let verdict = match judged.get(&name) {
                Some(verdict) => verdict.clone(),
                None => Some(lost.clone()),
            };
            if verdict.is_none() {
                board.put(self.key(&name), ());
            }
            all.insert(name, verdict);
        }
        board.save()?;
        Ok(all)
    }

    fn board(&self) -> Facts<()> {
        self.cache.board(self.state)
    }

    fn key(&self, name: &str) -> Key {
        Question::default().text(name).key()
    }
}

/// The tests that are judged together. cargo-nextest cuts `--partition hash:`
/// by the same hash of the same names, so a part whose number divides ours
/// consists of whole groups.
fn group(name: &str) -> String {
    let lane = name.split("::").next().unwrap_or_default();
    let number = match lane {
        "verdict" | "twins" | "run" => GROUPS,
        _ => 1,
    };
    format!("{lane}-{}", xxh64(name.as_bytes(), 0) % number)
}

/// Groups of a large lane: large enough for a batch, and 2, 3, 4, 6 or 12
/// machines have whole ones.
const GROUPS: u64 = 12;

/// The verdict of a test, which fails if there is none.
fn of(mut verdicts: BTreeMap<String, Verdict>, test: &str) -> Verdict {
    let unknown = || Some(format!("there is no test `{test}`"));
    verdicts.remove(test).unwrap_or_else(unknown)
}

/// Why there is no verdict about a test that was to be judged.
fn lost(summary: &Summary) -> String {
    let failures = summary.failures.iter().map(report::describe);
    let problems = summary.problems.iter().map(Problem::to_string);
    let reasons: Vec<String> = failures.chain(problems).collect();
    format!("it was not judged\n{}", reasons.join("\n"))
}

/// Takes down verdicts as they come.
#[derive(Clone)]
struct Verdicts {
    judged: Arc<Mutex<BTreeMap<String, Verdict>>>,
    tally: Tally,
}

impl Default for Verdicts {
    fn default() -> Self {
        Self {
            judged: Arc::default(),
            tally: Tally::new("tests"),
        }
    }
}

impl Verdicts {
    fn take(&self) -> BTreeMap<String, Verdict> {
        let judged = self.judged.lock();
        std::mem::take(&mut *judged.unwrap_or_else(|poisoned| poisoned.into_inner()))
    }
}

impl Reporter for Verdicts {
    fn event(&mut self, event: &Event) {
        let Event::Case(judgement) = event else {
            return;
        };
        let verdict = match judgement.outcome() {
            Outcome::Pass | Outcome::Waived => None,
            Outcome::Fail | Outcome::NotJudged => Some(report::describe(judgement)),
        };
        let judged = self.judged.lock();
        let mut judged = judged.unwrap_or_else(|poisoned| poisoned.into_inner());
        judged.insert(judgement.lane.test(&judgement.id), verdict);
        self.tally.enter(1, Ok(()));
    }

    fn tally(&self) -> &Tally {
        &self.tally
    }
}

/// The root of the workspace that a package of it lies in. A runner that moved
/// the workspace says so in the environment.
pub fn root_around(package: &str) -> camino::Utf8PathBuf {
    let moved = std::env::var("CARGO_MANIFEST_DIR");
    let package = moved.unwrap_or_else(|_| package.to_owned());
    let package = Utf8Path::new(&package);
    package.parent().unwrap_or(package).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_whole_parts_of_a_partition() {
        let names: Vec<String> = (0..500)
            .map(|number| Lane::TWINS.test(&format!("ui-fail/group/case-{number}")))
            .collect();
        for parts in [2, 3, 4, 6, 12] {
            let mut part_of: BTreeMap<String, u64> = BTreeMap::new();
            for name in &names {
                let part = xxh64(name.as_bytes(), 0) % parts;
                let first = *part_of.entry(group(name)).or_insert(part);
                assert_eq!(first, part);
            }
        }
    }

    #[test]
    fn a_small_lane_is_one_group() {
        let of = |lane: &str| {
            let names = (0..500).map(|number| format!("{lane}::ui-pass/case-{number}"));
            let groups: BTreeSet<String> = names.map(|name| group(&name)).collect();
            groups.len()
        };
        assert_eq!((of("verdict"), of("run"), of("layout")), (12, 12, 1));
    }
}
