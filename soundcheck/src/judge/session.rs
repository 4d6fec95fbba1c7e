//! One run over everything that was selected: its order, and its books.
//!
//! Lanes judge, reporters speak; this file only carries events from the ones to
//! the others.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::time::Instant;

use rayon::prelude::*;

use crate::ground::artifacts::BuildError;
use crate::ground::flavor::Flavor;
use crate::ground::problem::Problem;
use crate::judge::cache::Cache;
use crate::judge::case::Case;
use crate::judge::context::Context;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::event::Counts;
use crate::judge::event::Event;
use crate::judge::event::Judgement;
use crate::judge::event::Outcome;
use crate::judge::event::Start;
use crate::judge::event::Summary;
use crate::judge::hole;
use crate::judge::lane::Lane;
use crate::judge::lanes;
use crate::judge::ledger::Ledger;
use crate::judge::reporter::Reporter;
use crate::judge::reuse::Reuse;
use crate::judge::reuse::Split;
use crate::judge::runner::LaneRunner;
use crate::judge::subject::Build;
use crate::judge::tally::Tally;

/// A lane that is left out, which is no fault, and why.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// The lane.
    pub lane: Lane,
    /// Why it cannot judge anything.
    pub why: String,
}

/// What a run is made of.
pub struct Plan<'a> {
    /// What all lanes share.
    pub context: Context<'a>,
    /// What builds the crates.
    pub build: &'a dyn Build,
    /// The lanes, in the order in which they run.
    pub lanes: &'a [&'a dyn LaneRunner],
    /// The lanes that are left out.
    pub left_out: Vec<LeftOut>,
    /// What is wrong with what was selected, beside any verdict.
    pub problems: Vec<Problem>,
    /// Passes of earlier runs.
    pub cache: &'a Cache,
}

/// Judges everything that was selected. Claims that do not hold are in the
/// summary and in the events.
///
/// # Errors
///
/// No threads can be started.
pub fn run(plan: Plan<'_>, reporters: &mut [Box<dyn Reporter>]) -> anyhow::Result<Summary> {
    let context = &plan.context;
    let (corpus, subject) = (context.corpus, context.subject);
    let jobs = context.terms.jobs();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build()?;
    let mut session = Session {
        started: Instant::now(),
        stage: Mutex::new(reporters),
        ledger: Ledger::default(),
        summary: Summary {
            target: subject.name.clone(),
            ..Summary::default()
        },
        plan: &plan,
    };
    let has_some = |lane: &&&dyn LaneRunner| !session.ids(**lane).is_empty();
    let lanes = plan.lanes.iter().filter(has_some);
    session.tell(Event::Started(Start {
        target: subject.name.clone(),
        compiler: context.toolchain.version.clone(),
        seed: context.seed,
        jobs,
        lanes: lanes.map(|lane| lane.lane()).collect(),
        claims: corpus.claims.clone(),
    }));
    let problems = plan.problems.iter().cloned();
    problems.for_each(|problem| session.problem(problem));
    pool.install(|| session.everything());
    plan.cache.sweep();
    for LeftOut { lane, why } in plan.left_out.iter().cloned() {
        session.tell(Event::LeftOut { lane, why });
    }
    Ok(session.close())
}

struct Session<'a> {
    started: Instant,
    stage: Stage<'a>,
    ledger: Ledger,
    summary: Summary,
    plan: &'a Plan<'a>,
}

impl<'a> Session<'a> {
    fn everything(&mut self) {
        let Context {
            corpus,
            selection,
            subject,
            ..
        } = self.plan.context;
        let lanes = self.declare();
        if selection.is_complete() && subject.is_own {
            let unproven = corpus.unproven().into_iter();
            unproven.for_each(|problem| self.problem(problem));
        }
        let undecided = corpus.undecided.iter();
        undecided
            .filter(|cell| selection.matches(&cell.id))
            .for_each(|cell| self.problem(cell.problem.clone()));
        self.tell(Event::Working(subject.building.clone()));
        self.plan.build.prepare(&self.flavors(&lanes));
        self.build(&lanes);
    }

    /// Judges all lanes, if what they need is there.
    fn build(&mut self, lanes: &[&dyn LaneRunner]) {
        let context = &self.plan.context;
        match context.builds.compiler(context.terms.run_flavor()) {
            Ok(_) => lanes.iter().for_each(|lane| self.lane(*lane)),
            Err(BuildError::Refused(errors)) => {
                let (corpus, subject) = (context.corpus, context.subject);
                let judgement = lanes::refused(corpus, subject, context.workspace, &errors);
                self.ledger.replace(Lane::BUILD, judgement.id.clone());
                self.judgement(judgement);
            }
            Err(BuildError::Failed(error)) => {
                let next = context.subject.build_command.clone();
                self.problem(Problem::new(format!("{error:#}"), next));
            }
        }
    }

    fn flavors(&self, lanes: &[&dyn LaneRunner]) -> BTreeSet<Flavor> {
        let terms = self.plan.context.terms;
        lanes.iter().flat_map(|lane| lane.flavors(terms)).collect()
    }

    fn ids(&self, lane: &dyn LaneRunner) -> Vec<String> {
        let context = &self.plan.context;
        lane.ids(context.corpus, context.subject, context.selection)
    }

    /// Enters what must be judged into the books. A lane that was asked for
    /// and has no cases did not run; but what is free of known holes is no
    /// worse for it.
    fn declare(&mut self) -> Vec<&'a dyn LaneRunner> {
        let (corpus, selection) = (self.plan.context.corpus, self.plan.context.selection);
        self.ledger.files(corpus.found.len(), corpus.cases.len());
        let mut lanes = Vec::new();
        for runner in self.plan.lanes.iter().copied() {
            let lane = runner.lane();
            let ids = self.ids(runner);
            if ids.is_empty() {
                let what = format!("lane {} did not run: it has no cases", lane.name());
                let is_due = lane != Lane::HOLES || !corpus.holes.is_empty();
                let must_run = is_due && selection.is_complete();
                must_run.then(|| self.problem(Problem::new(what, "add cases for it")));
                continue;
            }
            lanes.push(runner);
            ids.into_iter().for_each(|id| self.ledger.declare(lane, id));
        }
        lanes
    }

    fn lane(&mut self, runner: &dyn LaneRunner) {
        let started = Instant::now();
        let (context, lane) = (&self.plan.context, runner.lane());
        let reuse = Reuse::of(runner, context, self.plan.cache);
        let cases = runner.cases(context.corpus, context.selection);
        let Split { known, fresh } = reuse.split(context, cases);
        let cached = known.len();
        let total = self.ids(runner).len();
        self.tell(Event::LaneStarted { lane, total });
        let report = self.judge(runner, &fresh, cached);
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
            .map(|judgement| hole::excuse(context.corpus, context.subject, judgement))
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
        runner: &dyn LaneRunner,
        cases: &[&Case],
        cached: usize,
    ) -> anyhow::Result<LaneReport> {
        if cases.is_empty() && cached > 0 {
            return Ok(LaneReport::default());
        }
        cases.par_iter().try_for_each(|case| case.materialise())?;
        let done = AtomicUsize::new(cached);
        let (stage, lane) = (&self.stage, runner.lane());
        let progress = |more: usize| {
            let done = done.fetch_add(more, Ordering::Relaxed) + more;
            tell(stage, &Event::Progress { lane, done });
        };
        runner.run(&Task {
            context: &self.plan.context,
            cases,
            progress: &progress,
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
