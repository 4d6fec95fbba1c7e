//! The command `bless`: takes what rustc says now as what it should say.
//!
//! Owns the rule that a case is blessed only while its marks are met, and the
//! report of what was rewritten. It writes snapshots, and never a case.

mod report;
mod trybuild;

use std::collections::BTreeSet;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use indicatif::ProgressBar;
use rayon::prelude::*;

pub use report::Report;

use crate::ground::compiler::Compiler;
use crate::ground::diagnostic::Diagnostic;
use crate::ground::flavor::Flavor;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::builds::build_error;
use crate::judge::builds::Builds;
use crate::judge::cache::Cache;
use crate::judge::case::Case;
use crate::judge::corpus::Corpus;
use crate::judge::failure::Failure;
use crate::judge::isolated;
use crate::judge::marks;
use crate::judge::selection::Selection;
use crate::judge::snapshot;
use crate::judge::snapshot::Snapshots;
use crate::subject::load;
use crate::subject::manifest::FILE;
use crate::subject::surface::lane;
use crate::subject::target::AtHand;
use crate::subject::target::Target;

/// What a call of `bless` asks for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The root of the workspace, or `None` for the one around here.
    pub root: Option<Utf8PathBuf>,
    /// The directory for build output.
    pub target_dir: Option<Utf8PathBuf>,
    /// Whose diagnostics are blessed; `None` means the pinned compiler's.
    pub toolchain: Option<String>,
    /// Substrings of ids.
    pub filters: Vec<String>,
    /// Processes at once; `None` means one a core.
    pub jobs: Option<std::num::NonZeroUsize>,
}

/// Rewrites the snapshots of all selected cases whose contracts are met.
///
/// # Errors
///
/// The input is not in order, or something cannot be built or written. A case
/// that is refused is no error, but in the report.
pub fn bless(options: &Options) -> anyhow::Result<Report> {
    let workspace = Workspace::open(options.root.as_deref(), options.target_dir.as_deref())?;
    let target = Target::open(&workspace, None)?;
    if target.places.snapshots.is_none() && target.places.trybuild.is_none() {
        let what = "names no folder of snapshots, so there is nothing to bless";
        let next = "name one, as in `snapshots = \"snapshots\"`";
        let problem = Problem::new(what, next).in_file(Utf8Path::new(FILE));
        return Err(InputError::one(problem).into());
    }
    let corpus = load::corpus(&workspace, &Cache::of(&workspace), &target)?;
    let selection = Selection::new(&options.filters);
    let orphans = orphans(&corpus, &selection);
    let reviewed = |case: &&Case| case.has_snapshot() && selection.matches(&case.id);
    // A filter may also match one of the snapshots that will be deleted.
    selection.admit_to_bless(&corpus, || {
        let ids = ids(&corpus).into_iter().map(str::to_owned);
        let surface = target.own.surface.iter().map(|_| lane::id(&target));
        ids.chain(orphans.iter().cloned()).chain(surface).collect()
    })?;
    let toolchain = Toolchain::select(&workspace, options.toolchain.as_deref())?;
    let blessing = Blessing {
        cases: corpus.cases.iter().filter(reviewed).collect(),
        at_hand: AtHand {
            target: &target,
            workspace: &workspace,
            toolchain: &toolchain,
        },
        workspace: &workspace,
        corpus: &corpus,
        toolchain: &toolchain,
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs.map_or(0, std::num::NonZeroUsize::get))
        .build()?;
    let verdicts = pool.install(|| blessing.compile())?;
    let mut report = Report::new(&toolchain.label, orphans, corpus.snapshots.home.clone());
    blessing.rewrite(verdicts, &mut report)?;
    if options.toolchain.is_none() && selection.matches(&lane::id(&target)) {
        report.surface(lane::bless(&target, &workspace, &toolchain)?);
    }
    Ok(report)
}

/// The snapshots without a case, of all toolchains, that were selected.
fn orphans(corpus: &Corpus, selection: &Selection) -> BTreeSet<String> {
    let ids = ids(corpus);
    let labels = corpus.snapshots.labels();
    let orphans = labels.flat_map(|label| corpus.snapshots.own(label).orphans(&ids));
    orphans
        .map(|(id, _)| id)
        .filter(|id| selection.matches(id))
        .collect()
}

fn ids(corpus: &Corpus) -> BTreeSet<&str> {
    let reviewed = corpus.cases.iter().filter(|case| case.has_snapshot());
    reviewed.map(|case| case.id.as_str()).collect()
}

struct Blessing<'a> {
    workspace: &'a Workspace,
    at_hand: AtHand<'a>,
    corpus: &'a Corpus,
    toolchain: &'a Toolchain,
    cases: Vec<&'a Case>,
}

/// What rustc says about a case, if its contract is met.
type Verdict = Result<String, Failure>;

impl Blessing<'_> {
    /// Compiles every case alone: what people read is what such a run says.
    fn compile(&self) -> anyhow::Result<Vec<Verdict>> {
        let builds = Builds::new(self.workspace, self.toolchain, &self.at_hand, false);
        let compiler = builds.compiler(Flavor::Debug).map_err(build_error)?;
        let scratch = self.workspace.scratch()?;
        let scratch = Utf8Path::from_path(scratch.path()).context("the path is not UTF-8")?;
        let bar = ProgressBar::new(self.cases.len() as u64).with_message("compiling");
        let verdict = |case: &&Case| {
            let verdict = self.verdict(compiler, case, scratch);
            bar.inc(1);
            verdict
        };
        let verdicts = self.cases.par_iter().map(verdict).collect();
        bar.finish_and_clear();
        verdicts
    }

    fn verdict(
        &self,
        compiler: Compiler<'_>,
        case: &Case,
        scratch: &Utf8Path,
    ) -> anyhow::Result<Verdict> {
        let compilation = isolated::compile(compiler, case, false, scratch)?;
        let claim = self.corpus.claims.get(&case.claim);
        if let Some(failure) = marks::judge(case, claim, &compilation) {
            return Ok(Err(failure));
        }
        let in_full = Compiler {
            in_full: true,
            ..compiler
        };
        let compilation = isolated::compile(in_full, case, false, scratch)?;
        let errors: Vec<&Diagnostic> = compilation.errors.iter().collect();
        Ok(Ok(snapshot::entry(self.workspace.root(), case, &errors)))
    }

    fn rewrite(&self, verdicts: Vec<Verdict>, report: &mut Report) -> anyhow::Result<()> {
        let snapshots = &self.corpus.snapshots;
        let label = self.toolchain.label.as_str();
        let old = snapshots.own(label);
        let mut new = old.clone();
        let mut accepted = Vec::new();
        for (case, verdict) in self.cases.iter().zip(verdicts) {
            match verdict {
                Ok(text) => {
                    report.blessed(case, snapshots.get(label, &case.id), &text);
                    let is_inherited = snapshots.inherited(label, &case.id) == Some(&text);
                    new.set(&case.id, (!is_inherited).then_some(text));
                    accepted.push(*case);
                }
                Err(failure) => report.refused(case, failure),
            }
        }
        self.save(label, new, report, !accepted.is_empty())?;
        let package = trybuild::package(self.workspace, &self.corpus.places);
        if let (true, Some(package)) = (snapshots.is_pinned(label), package) {
            let outcome = trybuild::overwrite(self.workspace, self.toolchain, package, &accepted)?;
            report.stderr(outcome);
        }
        Ok(())
    }

    /// Saves the snapshots of the toolchain, and drops the orphans of all.
    fn save(
        &self,
        label: &str,
        mut new: Snapshots,
        report: &Report,
        stamp: bool,
    ) -> anyhow::Result<()> {
        let (root, snapshots) = (self.workspace.root(), &self.corpus.snapshots);
        new.remove(&report.orphans);
        let version = stamp.then_some(self.toolchain.version.as_str());
        new.save(root, label, version, &snapshots.own(label))?;
        for other in snapshots.labels().filter(|other| *other != label) {
            let old = snapshots.own(other);
            let mut new = old.clone();
            new.remove(&report.orphans);
            new.save(root, other, None, &old)?;
        }
        Ok(())
    }
}
