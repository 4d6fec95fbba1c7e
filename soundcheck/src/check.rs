//! The command `check`: one run over everything that was selected.
//!
//! Owns the order of a run and its books. Lanes judge, reporters speak; this
//! file only carries events from the ones to the others.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::time::Instant;

use anyhow::Context as _;
use camino::Utf8Path;
use rayon::prelude::*;

use crate::cache::Cache;
use crate::case::Case;
use crate::corpus::Corpus;
use crate::event::Counts;
use crate::event::Event;
use crate::event::Judgement;
use crate::event::Outcome;
use crate::event::Start;
use crate::event::Summary;
use crate::hole;
use crate::lane;
use crate::lane::Builds;
use crate::lane::Context;
use crate::lane::Lane;
use crate::lane::LaneReport;
use crate::lane::Reuse;
use crate::lane::Split;
use crate::ledger::Ledger;
use crate::options::CheckOptions;
use crate::problem::InputError;
use crate::problem::Problem;
use crate::report::Reporter;
use crate::report::Tally;
use crate::selection::Selection;
use crate::target::Target;
use crate::toolchain::BuildError;
use crate::toolchain::Toolchain;
use crate::workspace::Workspace;

/// Runs everything that was selected.
///
/// An error means that nothing could be judged. Everything else, also a claim
/// that does not hold, is in the summary and in the events.
pub fn check(
    options: &CheckOptions,
    reporters: &mut [Box<dyn Reporter>],
) -> anyhow::Result<Summary> {
    let mut selection = options.selection()?;
    let workspace = Workspace::open(options.root.as_deref(), options.target_dir.as_deref())?;
    let cache = options.cache(&workspace);
    let target = Target::of(&workspace, options.kernel.as_ref())?;
    let corpus = Corpus::load(&workspace, &cache, target)?;
    selection.admit(&corpus)?;
    let toolchain = Toolchain::select(&workspace, options.toolchain.as_deref())?;
    let left_out = leave_out(&mut selection, &corpus, &toolchain, &options.lanes)?;
    let scratch = workspace.scratch()?;
    let scratch = Utf8Path::from_path(scratch.path()).context("the scratch path is not UTF-8")?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs())
        .build()?;
    let builds = Builds::new(&workspace, &toolchain, &corpus.target, &selection.lanes)
        .within(options.compiler_timeout);
    let seed = options.seed.unwrap_or_else(|| fastrand::u64(..));
    let mut run = Run {
        started: Instant::now(),
        stage: Mutex::new(reporters),
        ledger: Ledger::default(),
        summary: Summary {
            target: corpus.target.generation().to_owned(),
            ..Summary::default()
        },
        selection: &selection,
        cache: &cache,
    };
    let context = Context {
        workspace: &workspace,
        corpus: &corpus,
        cases: &[],
        options,
        selection: &selection,
        toolchain: &toolchain,
        builds: &builds,
        scratch,
        seed,
        progress: &|_| {},
    };
    run.tell(Event::Started(Start {
        target: corpus.target.generation().to_owned(),
        compiler: toolchain.version.clone(),
        seed,
        jobs: options.jobs(),
        lanes: selection.lanes_of(&corpus),
        claims: corpus.claims.clone(),
    }));
    pool.install(|| run.everything(&context));
    cache.sweep();
    left_out.into_iter().for_each(|event| run.tell(event));
    Ok(run.close())
}

/// Leaves lanes out that have nothing to judge here, and gives the remarks
/// about them. That drivers are judged in a kernel tree only is no news unless
/// somebody asked for them.
fn leave_out(
    selection: &mut Selection,
    corpus: &Corpus,
    toolchain: &Toolchain,
    asked: &[Lane],
) -> Result<Vec<Event>, InputError> {
    let why = |lane: Lane| match corpus.target.leaves_out(lane) {
        Some(why) => Some(why.to_owned()),
        None if lane == Lane::Drivers => lane::no_drivers(corpus),
        None if lane != Lane::Snapshot || corpus.snapshots.cover(&toolchain.label) => None,
        None => Some(format!(
            "there are no snapshots for rustc {}",
            toolchain.label
        )),
    };
    let lanes = selection.lanes.iter().copied();
    let left_out: Vec<(Lane, String)> = lanes.filter_map(|lane| Some((lane, why(lane)?))).collect();
    selection
        .lanes
        .retain(|lane| left_out.iter().all(|(left_out, _)| left_out != lane));
    if let (true, Some((_, what))) = (selection.lanes.is_empty(), left_out.first()) {
        let next = "ask for another lane; `cargo soundcheck bless --toolchain NAME` writes \
                    snapshots, and --kernel OBJTREE names a tree with drivers";
        return Err(InputError::one(Problem::new(what, next)));
    }
    let is_news = |lane: &Lane| {
        *lane != Lane::Drivers || corpus.target.kernel().is_some() || asked.contains(lane)
    };
    let left_out = left_out.into_iter().filter(|(lane, _)| is_news(lane));
    Ok(left_out
        .map(|(lane, why)| Event::LeftOut { lane, why })
        .collect())
}

struct Run<'a> {
    started: Instant,
    stage: Stage<'a>,
    ledger: Ledger,
    summary: Summary,
    selection: &'a Selection,
    cache: &'a Cache,
}

impl Run<'_> {
    fn everything(&mut self, context: &Context<'_>) {
        let (corpus, selection) = (context.corpus, self.selection);
        let lanes = self.declare(corpus, selection);
        if selection.is_complete() && matches!(corpus.target, Target::Workspace) {
            corpus
                .unproven()
                .into_iter()
                .for_each(|problem| self.problem(problem));
        }
        let undecided = corpus.undecided.iter();
        undecided
            .filter(|cell| selection.matches(&cell.id))
            .for_each(|cell| self.problem(cell.problem.clone()));
        self.tell(Event::Working(corpus.target.building()));
        if let Target::Kernel(kernel) = &corpus.target {
            let flavors = lanes.iter().flat_map(|lane| lane.flavors(context.options));
            kernel.prepare(context.toolchain, context.workspace, &flavors.collect());
        }
        match context.builds.compiler(context.options.run_flavor()) {
            Ok(_) => lanes.iter().for_each(|lane| self.lane(*lane, context)),
            Err(BuildError::Refused(errors)) => {
                let judgement = lane::refused(corpus, context.workspace, &errors);
                self.ledger.replace(Lane::Build, judgement.id.clone());
                self.judgement(judgement);
            }
            Err(BuildError::Failed(error)) => {
                let next = corpus.target.build_command();
                let problem = Problem::new(format!("{error:#}"), next);
                self.problem(problem);
            }
        }
    }

    /// Enters what must be judged into the books. A lane that was asked for
    /// and has no cases did not run; but what is free of known holes is no
    /// worse for it.
    fn declare(&mut self, corpus: &Corpus, selection: &Selection) -> Vec<Lane> {
        self.ledger.files(corpus.found.len(), corpus.cases.len());
        let mut lanes = Vec::new();
        for lane in selection.lanes.iter().copied() {
            let ids = lane.ids(corpus, selection);
            if ids.is_empty() {
                let what = format!("lane {} did not run: it has no cases", lane.name());
                let is_due = lane != Lane::Holes || !corpus.holes.is_empty();
                let must_run = is_due && selection.is_complete();
                must_run.then(|| self.problem(Problem::new(what, "add cases for it")));
                continue;
            }
            lanes.push(lane);
            ids.into_iter().for_each(|id| self.ledger.declare(lane, id));
        }
        lanes
    }

    fn lane(&mut self, lane: Lane, context: &Context<'_>) {
        let started = Instant::now();
        let reuse = Reuse::of(lane, context, self.cache);
        let cases = self.selection.cases(context.corpus, lane);
        let Split { known, fresh } = reuse.split(context, cases);
        let cached = known.len();
        let total = lane.ids(context.corpus, self.selection).len();
        self.tell(Event::LaneStarted { lane, total });
        let report = self.judge(lane, context, &fresh, cached);
        let kept = report.and_then(|report| {
            reuse.keep(context, &fresh, &report.judgements)?;
            Ok(report)
        });
        let report = match kept {
            Ok(report) => report,
            Err(error) => {
                let what = format!("lane {} did not run: {error:#}", lane.name());
                return self.problem(Problem::new(what, "mend what it says and run again"));
            }
        };
        let mut judgements = known;
        judgements.extend(report.judgements);
        judgements.sort_by(|one, other| one.id.cmp(&other.id));
        judgements
            .into_iter()
            .map(|judgement| hole::excuse(context.corpus, judgement))
            .for_each(|judgement| self.judgement(judgement));
        let event = Event::LaneFinished {
            lane,
            counts: self.summary.lanes.get(&lane).copied().unwrap_or_default(),
            remark: remark(cached, report.remark),
            elapsed: started.elapsed(),
        };
        self.tell(event);
    }

    /// Has a lane judge the cases that nothing is known of.
    fn judge(
        &self,
        lane: Lane,
        context: &Context<'_>,
        cases: &[&Case],
        cached: usize,
    ) -> anyhow::Result<LaneReport> {
        if cases.is_empty() && cached > 0 {
            return Ok(LaneReport::default());
        }
        cases.par_iter().try_for_each(|case| case.materialise())?;
        let done = AtomicUsize::new(cached);
        let stage = &self.stage;
        let progress = |more: usize| {
            let done = done.fetch_add(more, Ordering::Relaxed) + more;
            tell(stage, &Event::Progress { lane, done });
        };
        let progress: &(dyn Fn(usize) + Sync) = &progress;
        lane.run(&Context {
            cases,
            progress,
            ..*context
        })
    }

    fn judgement(&mut self, judgement: Judgement) {
        let outcome = judgement.outcome();
        self.ledger
            .judge(judgement.lane, judgement.id.clone(), outcome);
        self.summary.counts.add(outcome);
        let lanes: &mut BTreeMap<Lane, Counts> = &mut self.summary.lanes;
        lanes.entry(judgement.lane).or_default().add(outcome);
        if outcome == Outcome::Fail {
            self.summary.failures.push(judgement.clone());
        }
        self.tell(Event::Case(judgement));
    }

    fn problem(&mut self, problem: Problem) {
        self.summary.problems.push(problem.clone());
        self.tell(Event::Problem(problem));
    }

    fn tell(&self, event: Event) {
        tell(&self.stage, &event);
    }

    fn close(mut self) -> Summary {
        for problem in self.ledger.close() {
            self.problem(problem);
        }
        self.summary.elapsed = self.started.elapsed();
        let tallies = self.settle();
        self.summary.ledger = self.ledger.line(&tallies);
        let short = tallies.iter().filter_map(|tally| self.ledger.short(tally));
        let short: Vec<Problem> = short.collect();
        for problem in &short {
            self.problem(problem.clone());
        }
        self.tell(Event::Finished(self.summary.clone()));
        // The last words may fail to be written like any others.
        let tallies = self.tallies();
        let unwritten = tallies.iter().filter_map(|tally| self.ledger.short(tally));
        self.summary.unwritten = unwritten.collect();
        self.summary
    }

    /// Lets documents be written while the books are still open.
    fn settle(&mut self) -> Vec<Tally> {
        for reporter in lock(&self.stage).iter_mut() {
            reporter.settle(&self.summary);
        }
        self.tallies()
    }

    fn tallies(&self) -> Vec<Tally> {
        let reporters = lock(&self.stage);
        let tallies = reporters.iter().map(|reporter| reporter.tally().clone());
        tallies.collect()
    }
}

/// What is worth saying of a lane beside its counts.
fn remark(cached: usize, remark: String) -> String {
    match (cached, remark.is_empty()) {
        (0, _) => remark,
        (_, true) => format!("{cached} as before"),
        (_, false) => format!("{cached} as before, {remark}"),
    }
}

type Stage<'a> = Mutex<&'a mut [Box<dyn Reporter>]>;

fn lock<'s, 'a>(stage: &'s Stage<'a>) -> MutexGuard<'s, &'a mut [Box<dyn Reporter>]> {
    stage
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn tell(stage: &Stage<'_>, event: &Event) {
    for reporter in lock(stage).iter_mut() {
        reporter.event(event);
    }
}
