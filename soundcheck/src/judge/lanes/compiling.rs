//! What the verdict lane and the twins lane share: batches first, and a
//! compiler of its own for every case that a batch may not decide.
//!
//! Owns the order of the work and the random sample. The two lanes differ in
//! what a good case is, and give that as functions.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Mutex;

use camino::Utf8PathBuf;
use rayon::prelude::*;

use crate::ground::compiler::Compilation;
use crate::ground::compiler::Compiler;
use crate::ground::compiler::Depth;
use crate::ground::diagnostic::Diagnostic;
use crate::ground::flavor::Flavor;
use crate::judge::batch;
use crate::judge::batch::Batch;
use crate::judge::builds::build_error;
use crate::judge::case::Case;
use crate::judge::case::Stage;
use crate::judge::context::Context;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::event::Judgement;
use crate::judge::failure::Failure;
use crate::judge::isolated;
use crate::judge::lane::Lane;
use crate::judge::peel;
use crate::judge::peel::Peeled;

/// In what the two lanes differ.
pub struct Rules {
    /// The lane.
    pub lane: Lane,
    /// Whether twins are compiled.
    pub twin: bool,
    /// The stage in which a case joins a batch.
    pub stage: fn(&Case) -> Stage,
    /// The cases that a batch shows to be good, and those it must leave open.
    pub split: fn(Peeled) -> Split,
    /// Whether the errors of a case in a batch are the ones that it should have.
    pub accepts: fn(&Context<'_>, &Case, &[&Diagnostic]) -> bool,
    /// The verdict on the isolated compilation of a case.
    pub judge: fn(&Context<'_>, &Case, &Compilation) -> Option<Failure>,
}

/// The good cases of a batch, and the open ones with the reason.
pub type Split = (Vec<usize>, Vec<(usize, &'static str)>);

/// For a lane of programs that must be refused: what a batch refused is good,
/// and what compiles there is open.
pub fn refused_are_good(peeled: Peeled) -> Split {
    let mut open = peeled.alone;
    let compiles = peeled.compiles.into_iter();
    open.extend(compiles.map(|index| (index, "compiles in its batch")));
    (peeled.refused, open)
}

/// One case in this many is confirmed alone although a batch decided it.
const SAMPLE: usize = 50;

/// The same without `std`, where somebody waits for all verdicts after each
/// edit.
const KERNEL_SAMPLE: usize = 100;

/// The least size of the sample.
const LEAST_SAMPLE: usize = 3;

/// So few cases are not worth a batch, whose verdicts must be sampled.
const FEW: usize = 2;

/// Judges all cases of the lane.
pub fn run(task: &Task<'_>, rules: &Rules) -> anyhow::Result<LaneReport> {
    let context = task.context;
    let mut compiler = context
        .builds
        .compiler(Flavor::Debug)
        .map_err(build_error)?;
    compiler.in_full = rules.lane == Lane::SNAPSHOT;
    let cases = task.cases;
    let scratch = context.scratch.join(rules.lane.name());
    std::fs::create_dir_all(&scratch)?;
    let work = Work {
        task,
        context,
        rules,
        compiler,
        cases,
        scratch,
    };
    work.run()
}

struct Work<'a> {
    task: &'a Task<'a>,
    context: &'a Context<'a>,
    rules: &'a Rules,
    compiler: Compiler<'a>,
    cases: &'a [&'a Case],
    scratch: Utf8PathBuf,
}

/// Cases and why they are judged alone.
type Alone = BTreeMap<usize, Cow<'static, str>>;

/// What isolated compilations brought to light.
type Failures = BTreeMap<usize, Option<Failure>>;

impl Work<'_> {
    fn run(&self) -> anyhow::Result<LaneReport> {
        let mut alone: Alone = self.alone_from_the_start();
        let (decided, open) = self.batches(&alone)?;
        alone.extend(open);
        let sample = self.sample(&decided);
        let sampled = sample.iter().map(|index| (*index, "random sample".into()));
        alone.extend(sampled);
        let mut failures = self.isolate(alone.keys().copied().collect())?;
        let disagrees = sample.iter().any(|index| failures[index].is_some());
        if disagrees {
            let rest = decided.iter().filter(|index| !alone.contains_key(index));
            let rest: Vec<usize> = rest.copied().collect();
            failures.extend(self.isolate(rest.clone())?);
            alone.extend(
                rest.into_iter()
                    .map(|index| (index, "a sample disagreed".into())),
            );
        }
        Ok(self.report(&alone, failures))
    }

    fn alone_from_the_start(&self) -> Alone {
        let everybody = match self.cases.len() {
            _ if self.context.terms.isolated => Some("isolated run"),
            0..=FEW => Some("too few for a batch"),
            _ => None,
        };
        let cases = self.cases.iter().enumerate();
        let why = |case: &Case| everybody.map(Cow::Borrowed).or_else(|| case.alone.clone());
        cases
            .filter_map(|(index, case)| Some((index, why(case)?)))
            .collect()
    }

    /// Batches everything else: what is decided, and what must go alone.
    /// The cases are shuffled, so that every run tries other neighbours.
    fn batches(&self, alone: &Alone) -> anyhow::Result<(Vec<usize>, Alone)> {
        let mut order: Vec<usize> = (0..self.cases.len())
            .filter(|index| !alone.contains_key(index))
            .collect();
        fastrand::Rng::with_seed(self.context.seed).shuffle(&mut order);
        let mut stages: BTreeMap<Stage, Vec<usize>> = BTreeMap::new();
        for index in order {
            let stage = (self.rules.stage)(self.cases[index]);
            stages.entry(stage).or_default().push(index);
        }
        let jobs = self.context.terms.jobs();
        let mut crates: Vec<(Stage, Vec<usize>)> = Vec::new();
        for (stage, cases) in stages {
            for range in batch::chunks(cases.len(), jobs) {
                crates.push((stage, cases[range].to_vec()));
            }
        }
        let peeled: Vec<Peeled> = crates
            .into_par_iter()
            .enumerate()
            .map(|(number, (stage, cases))| self.peel(number, stage, cases))
            .collect::<anyhow::Result<_>>()?;
        let mut decided = Vec::new();
        let mut open = Alone::new();
        for peeled in peeled {
            let (good, rest) = (self.rules.split)(peeled);
            decided.extend(good);
            open.extend(rest.into_iter().map(|(index, why)| (index, why.into())));
        }
        Ok((decided, open))
    }

    fn peel(&self, number: usize, stage: Stage, cases: Vec<usize>) -> anyhow::Result<Peeled> {
        let depth = match stage {
            _ if self.rules.twin => Depth::Code,
            Stage::PostMono => Depth::Code,
            _ => Depth::Check,
        };
        let scratch = self.scratch.join(format!("batch-{number}"));
        let accepts =
            |case: &Case, errors: &[&Diagnostic]| (self.rules.accepts)(self.context, case, errors);
        let twin = self.rules.twin;
        let batch = Batch::new(self.compiler, self.cases, &scratch, depth, &accepts, twin);
        let peeled = peel::peel(&batch, cases)?;
        (self.task.progress)(peeled.compiles.len() + peeled.refused.len());
        Ok(peeled)
    }

    fn sample(&self, decided: &[usize]) -> Vec<usize> {
        let share = match self.compiler.artifacts.manner.is_no_std {
            true => KERNEL_SAMPLE,
            false => SAMPLE,
        };
        let size = (decided.len() / share).max(LEAST_SAMPLE).min(decided.len());
        let mut decided = decided.to_vec();
        decided.sort_unstable();
        fastrand::Rng::with_seed(self.context.seed).shuffle(&mut decided);
        decided.truncate(size);
        decided
    }

    fn isolate(&self, cases: Vec<usize>) -> anyhow::Result<Failures> {
        let failures = Mutex::new(Failures::new());
        cases.into_par_iter().try_for_each(|index| {
            let case = self.cases[index];
            let compilation =
                isolated::compile(self.compiler, case, self.rules.twin, &self.scratch)?;
            let failure = (self.rules.judge)(self.context, case, &compilation);
            (self.task.progress)(1);
            let mut failures = failures
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner());
            failures.insert(index, failure);
            anyhow::Ok(())
        })?;
        Ok(failures
            .into_inner()
            .unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    fn report(&self, alone: &Alone, mut failures: Failures) -> LaneReport {
        let judge = |(index, case): (usize, &&Case)| Judgement {
            alone: alone.get(&index).map(|why| why.to_string()),
            failure: failures.remove(&index).flatten(),
            ..self.context.judgement(self.rules.lane, case)
        };
        LaneReport {
            judgements: self.cases.iter().enumerate().map(judge).collect(),
            remark: format!("{} confirmed alone", alone.len()),
        }
    }
}
