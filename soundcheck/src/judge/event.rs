//! What a run tells the world, in the order in which it happens.
//!
//! Owns the events and what they carry. Every output of the tool is a consumer
//! of this stream; nothing else reaches a user.

use std::collections::BTreeMap;
use std::time::Duration;

use camino::Utf8PathBuf;

use crate::ground::problem::Problem;
use crate::judge::claim::Claims;
use crate::judge::lane::Lane;

/// One event of a run.
#[derive(Clone, Debug)]
pub enum Event {
    /// The run starts.
    Started(Start),
    /// Something slow starts that judges nothing, such as a build.
    Working(String),
    /// A lane starts.
    LaneStarted {
        /// The lane.
        lane: Lane,
        /// How many cases it will judge.
        total: usize,
    },
    /// A lane has judged that many cases so far.
    Progress {
        /// The lane.
        lane: Lane,
        /// How many cases it has judged.
        done: usize,
    },
    /// A case was judged.
    Case(Judgement),
    /// A lane is done.
    LaneFinished {
        /// The lane.
        lane: Lane,
        /// Its counts.
        counts: Counts,
        /// What else is worth a few words.
        remark: String,
        /// How long it took.
        elapsed: Duration,
    },
    /// A lane is left out, which is no fault.
    LeftOut {
        /// The lane.
        lane: Lane,
        /// Why it cannot judge anything.
        why: String,
    },
    /// Something is wrong outside of any verdict.
    Problem(Problem),
    /// The run is over.
    Finished(Summary),
}

/// What is known before anything is judged.
#[derive(Clone, Debug)]
pub struct Start {
    /// The generation of the API that is judged.
    pub target: String,
    /// The version of the compiler.
    pub compiler: String,
    /// The seed of the random sample.
    pub seed: u64,
    /// How many processes run at once.
    pub jobs: usize,
    /// The lanes that have something to judge, in order.
    pub lanes: Vec<Lane>,
    /// Everything that is claimed, judged or not.
    pub claims: Claims,
}

/// Whether a case holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It does.
    Pass,
    /// It does not.
    Fail,
    /// It does not, and that is known: a hole is recorded for it.
    Waived,
}

impl Outcome {
    /// The word in every report.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Pass => "pass",
            Outcome::Fail => "fail",
            Outcome::Waived => "waived",
        }
    }
}

/// The verdict of one lane about one case.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The id of the case, with the mode after an `@` where there are several.
    pub id: String,
    /// The lane.
    pub lane: Lane,
    /// The file, below the root of the workspace.
    pub path: Utf8PathBuf,
    /// The id of the claim; empty if nothing can be said.
    pub claim: String,
    /// The claim in a sentence.
    pub sentence: String,
    /// Why the case was judged alone, if it was.
    pub alone: Option<String>,
    /// Whether the verdict is that of an earlier run.
    pub cached: bool,
    /// How often the program was run again with a failing call.
    pub replays: usize,
    /// What went wrong, if anything.
    pub failure: Option<Failure>,
    /// What is known to be wrong, if anything.
    pub waived: Option<String>,
}

impl Judgement {
    /// Whether the case holds.
    pub fn outcome(&self) -> Outcome {
        match (&self.failure, &self.waived) {
            (Some(_), _) => Outcome::Fail,
            (None, Some(_)) => Outcome::Waived,
            (None, None) => Outcome::Pass,
        }
    }
}

/// A broken expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The line of the file, if there is one.
    pub line: Option<usize>,
    /// What should have come.
    pub expected: String,
    /// What came.
    pub got: String,
    /// What to do next.
    pub next: String,
}

/// Verdicts in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// All verdicts.
    pub total: usize,
    /// Cases that hold.
    pub passed: usize,
    /// Cases that do not.
    pub failed: usize,
    /// Cases that do not, as is known.
    pub waived: usize,
}

impl Counts {
    /// Counts one more verdict.
    pub fn add(&mut self, outcome: Outcome) {
        self.total += 1;
        match outcome {
            Outcome::Pass => self.passed += 1,
            Outcome::Fail => self.failed += 1,
            Outcome::Waived => self.waived += 1,
        }
    }
}

/// The result of a run.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The generation of the API that was judged.
    pub target: String,
    /// All verdicts.
    pub counts: Counts,
    /// The verdicts of each lane.
    pub lanes: BTreeMap<Lane, Counts>,
    /// Everything that failed.
    pub failures: Vec<Judgement>,
    /// What is wrong outside of any verdict.
    pub problems: Vec<Problem>,
    /// What could not be written: the reports themselves do not say it.
    pub unwritten: Vec<Problem>,
    /// The ledger in one line.
    pub ledger: String,
    /// How long the run took.
    pub elapsed: Duration,
}

impl Summary {
    /// Whether all claims hold and everything ran.
    pub fn is_green(&self) -> bool {
        self.counts.failed == 0 && self.problems.is_empty() && self.unwritten.is_empty()
    }

    /// The status for the shell.
    pub fn exit_code(&self) -> u8 {
        u8::from(!self.is_green())
    }
}
