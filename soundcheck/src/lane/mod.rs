//! The lanes: each proves one thing about many cases.
//!
//! Owns their names, which cases each takes, and what a lane gets and gives.
//! How a lane judges is in its own file.

mod build;
mod compiling;
mod drivers;
mod holes;
mod layout;
pub(crate) mod linking;
mod necessity;
mod reuse;
mod run;
mod snapshot;
mod twins;
mod verdict;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use camino::Utf8Path;

pub use build::refused;
pub use drivers::none as no_drivers;
pub use reuse::Reuse;
pub use reuse::Split;

use crate::case::Case;
use crate::case::Kind;
use crate::compiler;
use crate::compiler::Compiler;
use crate::corpus::Corpus;
use crate::event::Failure;
use crate::event::Judgement;
use crate::options::CheckOptions;
use crate::selection::Selection;
use crate::target::Target;
use crate::toolchain::Artifacts;
use crate::toolchain::BuildError;
use crate::toolchain::Flavor;
use crate::toolchain::Toolchain;
use crate::workspace::Workspace;

/// A lane, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lane {
    /// The API builds, with everything that it asserts of itself.
    Build,
    /// Every forbidden program is refused at its line for its reason.
    Verdict,
    /// Every twin of a forbidden program compiles, and every allowed program.
    Twins,
    /// The diagnostics that people read are the ones that they reviewed.
    Snapshot,
    /// The layout programs compile in debug, release and randomized.
    Layout,
    /// Every program runs on the stub without a violation.
    Run,
    /// Every prevented operation is harmful: the stub reports it.
    Necessity,
    /// Every known hole is still open.
    Holes,
    /// The kernel's own drivers compile, and run on the stub.
    Drivers,
}

impl Lane {
    /// Every lane in order.
    pub const ALL: [Lane; 9] = [
        Lane::Build,
        Lane::Verdict,
        Lane::Twins,
        Lane::Snapshot,
        Lane::Layout,
        Lane::Run,
        Lane::Necessity,
        Lane::Holes,
        Lane::Drivers,
    ];

    /// The name in calls and reports.
    pub fn name(self) -> &'static str {
        match self {
            Lane::Build => "build",
            Lane::Verdict => "verdict",
            Lane::Twins => "twins",
            Lane::Snapshot => "snapshot",
            Lane::Layout => "layout",
            Lane::Run => "run",
            Lane::Necessity => "necessity",
            Lane::Holes => "holes",
            Lane::Drivers => "drivers",
        }
    }

    /// The kind of case that the lane judges; the build lane judges none.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Lane::Build => None,
            Lane::Verdict | Lane::Twins | Lane::Snapshot => Some(Kind::Fail),
            Lane::Layout => Some(Kind::Layout),
            Lane::Run => Some(Kind::Pass),
            Lane::Necessity => Some(Kind::Necessity),
            Lane::Holes => Some(Kind::Hole),
            Lane::Drivers => Some(Kind::Driver),
        }
    }

    /// Whether the lane judges a case. Only cases that people write or review
    /// have snapshots.
    pub fn judges(self, case: &Case) -> bool {
        let is_allowed = case.kind == Kind::Allowed;
        match self {
            Lane::Twins if is_allowed => true,
            Lane::Run if is_allowed => case.run,
            Lane::Snapshot => case.has_snapshot(),
            _ => self.kind() == Some(case.kind),
        }
    }

    /// Whether the lane needs the stub to be built. Some allowed programs of
    /// the matrix are clients of the stub.
    pub fn needs_stub(self) -> bool {
        !matches!(self, Lane::Verdict | Lane::Snapshot)
    }

    /// The cases of the lane that speak about what is judged.
    pub fn cases(self, corpus: &Corpus) -> impl Iterator<Item = &Case> {
        let is_mine = move |case: &&Case| self.judges(case);
        let is_there = corpus.target.leaves_out(self).is_none();
        let cases = corpus.cases.iter().filter(move |_| is_there);
        let cases = cases.filter(is_mine);
        cases.filter(|case| case.speaks_about(corpus.target.generation()))
    }

    /// The ids that the lane must judge.
    pub fn ids(self, corpus: &Corpus, selection: &Selection) -> Vec<String> {
        let cases = selection.cases(corpus, self).into_iter();
        match self {
            Lane::Build => build::ids(corpus),
            Lane::Drivers => drivers::ids(corpus, selection),
            _ => cases.flat_map(|case| self.ids_of(case)).collect(),
        }
    }

    /// The ids under which the lane judges a case.
    pub fn ids_of(self, case: &Case) -> Vec<String> {
        match self {
            Lane::Layout => layout::ids(case),
            _ => vec![case.id.clone()],
        }
    }

    /// The builds that the verdicts of the lane depend on.
    pub fn flavors(self, options: &CheckOptions) -> Vec<Flavor> {
        match self {
            Lane::Layout => layout::MODES.to_vec(),
            Lane::Run => vec![options.run_flavor()],
            _ => vec![Flavor::Debug],
        }
    }

    /// Judges all cases of the lane.
    pub fn run(self, context: &Context<'_>) -> anyhow::Result<LaneReport> {
        match self {
            Lane::Build => build::run(context),
            Lane::Verdict => verdict::run(context),
            Lane::Twins => twins::run(context),
            Lane::Snapshot => snapshot::run(context),
            Lane::Layout => layout::run(context),
            Lane::Run => run::run(context),
            Lane::Necessity => necessity::run(context),
            Lane::Holes => holes::run(context),
            Lane::Drivers => drivers::run(context),
        }
    }
}

/// What a lane gives.
#[derive(Debug, Default)]
pub struct LaneReport {
    /// A verdict for each case.
    pub judgements: Vec<Judgement>,
    /// What else is worth a few words.
    pub remark: String,
}

/// What a lane gets.
pub struct Context<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// The claims and cases.
    pub corpus: &'a Corpus,
    /// The cases that the lane must judge.
    pub cases: &'a [&'a Case],
    /// How it was asked for.
    pub options: &'a CheckOptions,
    /// What was asked for.
    pub selection: &'a Selection,
    /// The compiler.
    pub toolchain: &'a Toolchain,
    /// The crates to link.
    pub builds: &'a Builds<'a>,
    /// A directory for generated files.
    pub scratch: &'a Utf8Path,
    /// The seed of the random sample.
    pub seed: u64,
    /// Is told of each case that is done.
    pub progress: &'a (dyn Fn(usize) + Sync),
}

impl Context<'_> {
    /// A judgement about a case, without a failure yet.
    pub fn judgement(&self, lane: Lane, case: &Case) -> Judgement {
        Judgement {
            id: case.id.clone(),
            lane,
            path: case.path.clone(),
            claim: case.claim.clone(),
            sentence: self.sentence(&case.claim),
            alone: None,
            cached: false,
            replays: 0,
            failure: None,
            waived: None,
        }
    }

    /// The snapshot of a case on this toolchain.
    pub fn snapshot(&self, case: &Case) -> Option<&str> {
        self.corpus.snapshots.get(&self.toolchain.label, &case.id)
    }

    /// The sentence of a claim.
    pub fn sentence(&self, claim: &str) -> String {
        let claim = self.corpus.claims.get(claim);
        claim.map_or(String::new(), |claim| claim.sentence.clone())
    }
}

/// The flavors that were built so far.
pub struct Builds<'a> {
    workspace: &'a Workspace,
    toolchain: &'a Toolchain,
    target: &'a Target,
    stub: bool,
    time: Duration,
    done: Mutex<BTreeMap<(String, Flavor), &'static Artifacts>>,
}

impl<'a> Builds<'a> {
    /// Nothing is built yet. The stub is left out if no lane links programs.
    pub fn new(
        workspace: &'a Workspace,
        toolchain: &'a Toolchain,
        target: &'a Target,
        lanes: &[Lane],
    ) -> Self {
        Self {
            workspace,
            toolchain,
            target,
            stub: lanes.iter().any(|lane| lane.needs_stub()),
            time: compiler::TIME,
            done: Mutex::default(),
        }
    }

    /// The same, with another limit to the time that a case may take to compile.
    pub fn within(self, time: Duration) -> Self {
        Self { time, ..self }
    }

    /// A compiler for a flavor, whose crates are built on the first call.
    pub fn compiler(&self, flavor: Flavor) -> Result<Compiler<'a>, BuildError> {
        self.of(self.target, flavor)
    }

    /// A compiler for the API of the workspace, whatever is judged.
    pub fn api(&self, flavor: Flavor) -> Result<Compiler<'a>, BuildError> {
        self.of(&Target::Workspace, flavor)
    }

    fn of(&self, target: &Target, flavor: Flavor) -> Result<Compiler<'a>, BuildError> {
        let key = (target.generation().to_owned(), flavor);
        let mut done = self
            .done
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let artifacts = match done.get(&key) {
            Some(artifacts) => artifacts,
            None => {
                let (toolchain, workspace) = (self.toolchain, self.workspace);
                let built = target.build(toolchain, workspace, flavor, self.stub)?;
                // There are few targets and flavors in the life of a process.
                let built: &'static Artifacts = Box::leak(Box::new(built));
                done.insert(key, built);
                built
            }
        };
        Ok(Compiler {
            workspace: self.workspace,
            toolchain: self.toolchain,
            artifacts,
            flavor,
            in_full: false,
            // The stub has only those symbols of a kernel that programs reach.
            dead_code: !artifacts.are_of_kernel(),
            time: self.time,
        })
    }
}

/// The failure of a build as the failure of a case that needs it.
pub fn build_failure(target: &Target, error: &BuildError, expected: &str) -> Failure {
    let got = match error {
        BuildError::Refused(errors) => errors
            .first()
            .map_or(String::new(), |error| error.rendered.trim_end().to_owned()),
        BuildError::Failed(error) => format!("{error:#}"),
    };
    Failure {
        line: None,
        expected: expected.to_owned(),
        got,
        next: target.build_command(),
    }
}

/// A build that was needed by a whole lane and did not come.
pub fn build_error(error: BuildError) -> anyhow::Error {
    match error {
        BuildError::Failed(error) => error,
        BuildError::Refused(errors) => {
            let first = errors
                .first()
                .map_or(String::new(), |error| error.headline());
            anyhow::anyhow!("the crates below do not build: {first}")
        }
    }
}
