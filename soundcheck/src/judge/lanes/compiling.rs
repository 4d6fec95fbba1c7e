//! What the verdict lane and the twins lane share: batches first, and a
//! compiler of its own for every case that a batch may not decide.
//!
//! Owns the order of the work and the random sample: most of it meets other
//! neighbours in a second batch, the rest is compiled alone. The two lanes
//! differ in what a good case is, and give that as functions.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Mutex;

use camino::Utf8PathBuf;
use rayon::prelude::*;

use crate::ground::compiler::Compilation;
use crate::ground::compiler::Compiler;
use crate::ground::compiler::Depth;
use crate::ground::compiler::Status;
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
use crate::judge::event::Outcome;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
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
    open.extend(compiles.map(|index| (index, COMPILES)));
    (peeled.refused, open)
}

/// Why a case is open that was not refused in a batch without any error.
const COMPILES: &str = "compiles in its batch";

/// One case in this many is judged once more although a batch decided it.
const SAMPLE: usize = 50;

/// So many of the sample are compiled alone: what all batches have in common, a
/// second batch cannot show. It is also the least size of the sample.
const SAMPLED_ALONE: usize = 3;

/// So few cases are not worth a batch, whose verdicts must be sampled.
const FEW: usize = 2;

/// So few that a batch leaves undecided are compiled alone at once in a hunt.
const FEW_IN_HUNT: usize = 2;

/// Judges all cases of the lane.
pub fn run(task: &Task<'_>, rules: &Rules) -> anyhow::Result<LaneReport> {
    Work::new(task, rules)?.run()
}

/// The first case, in the order that is given, that does not hold. That none
/// was found is the word of batches without a sample, and no verdict.
pub fn hunt(task: &Task<'_>, rules: &Rules) -> anyhow::Result<Option<Judgement>> {
    Work::new(task, rules)?.hunt()
}

/// The cases that are not refused any more: in a batch without any error, or
/// alone. One that is refused in another way has not ceased to be.
pub fn ceased(task: &Task<'_>, rules: &Rules) -> anyhow::Result<Vec<Judgement>> {
    Work::new(task, rules)?.ceased()
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

/// Why a case of the sample is alone.
const SAMPLED: &str = "random sample";

/// Why all others are then.
const DISAGREED: &str = "a sample disagreed";

/// What isolated compilations brought to light.
type Failures = BTreeMap<usize, Option<Failure>>;

/// Cases of one stage, which may be compiled together.
type Group = (Stage, Vec<usize>);

impl<'a> Work<'a> {
    fn new(task: &'a Task<'a>, rules: &'a Rules) -> anyhow::Result<Self> {
        let context = task.context;
        let mut compiler = context
            .builds
            .compiler(Flavor::Debug)
            .map_err(build_error)?;
        compiler.in_full = rules.lane == Lane::SNAPSHOT;
        let scratch = context.scratch.join(rules.lane.name());
        std::fs::create_dir_all(&scratch)?;
        Ok(Self {
            task,
            context,
            rules,
            compiler,
            cases: task.cases,
            scratch,
        })
    }

    fn run(&self) -> anyhow::Result<LaneReport> {
        let mut alone = self.alone_from_the_start();
        let groups = self.groups(self.shuffled(&alone), &mut alone, "nobody of its stage");
        let (decided, open) = self.batches("first", self.cut(groups))?;
        alone.extend(open);
        let sample = self.sample(&decided);
        let (few, many) = sample.split_at(SAMPLED_ALONE.min(sample.len()));
        alone.extend(few.iter().map(|index| (*index, SAMPLED.into())));
        alone.extend(self.meet_others(many)?);
        let mut failures = self.isolate(alone.keys().copied().collect())?;
        let is_wrong = |index| failures.get(index).is_some_and(Option::is_some);
        if sample.iter().any(is_wrong) {
            let rest = decided.iter().filter(|index| !alone.contains_key(index));
            let rest: Vec<usize> = rest.copied().collect();
            failures.extend(self.isolate(rest.clone())?);
            let why = rest.into_iter().map(|index| (index, DISAGREED.into()));
            alone.extend(why);
        }
        Ok(self.report(&alone, failures))
    }

    fn hunt(&self) -> anyhow::Result<Option<Judgement>> {
        let mut alone = self.alone_from_the_start();
        let others = 0..self.cases.len();
        let others = others.filter(|index| !alone.contains_key(index)).collect();
        let groups = self.groups(others, &mut alone, "nobody of its stage");
        for (number, group) in self.cut(groups).into_iter().enumerate() {
            let peeled = self.peel_to(&format!("hunt-{number}"), group, FEW_IN_HUNT)?;
            let (_, mut open) = (self.rules.split)(peeled);
            open.sort_by_key(|(index, why)| (innocence(why), *index));
            if let Some(found) = self.first(open.iter().map(|(index, _)| *index))? {
                return Ok(Some(found));
            }
        }
        self.first(alone.keys().copied())
    }

    fn ceased(&self) -> anyhow::Result<Vec<Judgement>> {
        let mut alone = self.alone_from_the_start();
        let others = 0..self.cases.len();
        let others = others.filter(|index| !alone.contains_key(index)).collect();
        let groups = self.groups(others, &mut alone, "nobody of its stage");
        let mut ceased = Vec::new();
        for (number, group) in self.cut(groups).into_iter().enumerate() {
            let peeled = self.peel(&format!("ceased-{number}"), group)?;
            ceased.extend(peeled.compiles);
            let open = peeled.alone.into_iter();
            let open = open.filter(|(_, why)| *why != peel::DIFFERS);
            alone.extend(open.map(|(index, why)| (index, why.into())));
        }
        for index in alone.keys().copied() {
            let failure = self.alone(index)?;
            if failure.is_some_and(|failure| failure.kind == FailureKind::Compiles) {
                ceased.push(index);
            }
        }
        ceased.sort_unstable();
        Ok(ceased.into_iter().map(|index| self.clean(index)).collect())
    }

    /// The judgement on a case that compiles.
    fn clean(&self, index: usize) -> Judgement {
        let case = self.cases[index];
        let clean = Compilation {
            status: Status::Clean,
            errors: Vec::new(),
        };
        Judgement {
            failure: (self.rules.judge)(self.context, case, &clean),
            ..self.context.judgement(self.rules.lane, case)
        }
    }

    /// The first of some cases that does not hold alone.
    fn first(&self, mut cases: impl Iterator<Item = usize>) -> anyhow::Result<Option<Judgement>> {
        let found = cases.find_map(|index| {
            let failed = self.alone(index).transpose()?;
            let judgement = failed.map(|failure| Judgement {
                alone: Some("hunted".to_owned()),
                failure: Some(failure),
                ..self.context.judgement(self.rules.lane, self.cases[index])
            });
            match &judgement {
                Ok(judgement) if judgement.outcome() != Outcome::Fail => None,
                _ => Some(judgement),
            }
        });
        found.transpose()
    }

    /// What is wrong with a case that is compiled alone.
    fn alone(&self, index: usize) -> anyhow::Result<Option<Failure>> {
        let case = self.cases[index];
        let compilation = isolated::compile(self.compiler, case, self.rules.twin, &self.scratch)?;
        Ok((self.rules.judge)(self.context, case, &compilation))
    }

    fn alone_from_the_start(&self) -> Alone {
        let everybody = match self.cases.len() {
            _ if self.context.terms.isolated => Some("isolated run"),
            0..=FEW => Some("too few for a batch"),
            _ => None,
        };
        let stage = |case: &Case| match (self.rules.stage)(case) {
            Stage::Apart | Stage::Alone => Some("declared code or stage"),
            _ => None,
        };
        let why = |case: &Case| {
            let why = everybody.map(Cow::Borrowed);
            why.or_else(|| case.alone.clone())
                .or_else(|| stage(case).map(Cow::Borrowed))
        };
        let cases = self.cases.iter().enumerate();
        cases
            .filter_map(|(index, case)| Some((index, why(case)?)))
            .collect()
    }

    /// Everything else. It is shuffled, so that every run tries other
    /// neighbours.
    fn shuffled(&self, alone: &Alone) -> Vec<usize> {
        let cases = 0..self.cases.len();
        let mut order: Vec<usize> = cases.filter(|index| !alone.contains_key(index)).collect();
        fastrand::Rng::with_seed(self.context.seed).shuffle(&mut order);
        order
    }

    /// The cases by stage. One that would be by itself goes alone.
    fn groups(&self, cases: Vec<usize>, alone: &mut Alone, why: &'static str) -> Vec<Group> {
        let mut stages: BTreeMap<Stage, Vec<usize>> = BTreeMap::new();
        for index in cases {
            let stage = (self.rules.stage)(self.cases[index]);
            stages.entry(stage).or_default().push(index);
        }
        let (groups, single): (Vec<Group>, Vec<Group>) =
            stages.into_iter().partition(|(_, cases)| cases.len() > 1);
        let single = single.into_iter().flat_map(|(_, cases)| cases);
        alone.extend(single.map(|index| (index, why.into())));
        groups
    }

    /// Groups of the best size.
    fn cut(&self, groups: Vec<Group>) -> Vec<Group> {
        let jobs = self.context.terms.jobs();
        let cut = |(stage, cases): Group| {
            let ranges = batch::chunks(cases.len(), jobs).into_iter();
            let chunks: Vec<Group> = ranges.map(|range| (stage, cases[range].to_vec())).collect();
            chunks
        };
        groups.into_iter().flat_map(cut).collect()
    }

    /// Compiles batches: what is decided, and what must go alone.
    fn batches(&self, round: &str, groups: Vec<Group>) -> anyhow::Result<(Vec<usize>, Alone)> {
        let peeled: Vec<Peeled> = groups
            .into_par_iter()
            .enumerate()
            .map(|(number, group)| self.peel(&format!("{round}-{number}"), group))
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

    fn peel(&self, name: &str, group: Group) -> anyhow::Result<Peeled> {
        self.peel_to(name, group, 0)
    }

    fn peel_to(&self, name: &str, (stage, cases): Group, few: usize) -> anyhow::Result<Peeled> {
        let depth = match stage {
            _ if self.rules.twin => Depth::Code,
            Stage::PostMono => Depth::Code,
            _ => Depth::Check,
        };
        let scratch = self.scratch.join(name);
        let accepts =
            |case: &Case, errors: &[&Diagnostic]| (self.rules.accepts)(self.context, case, errors);
        let twin = self.rules.twin;
        let batch = Batch::new(self.compiler, self.cases, &scratch, depth, &accepts, twin);
        let batch = match stage {
            Stage::Inference => batch.of_quiet(),
            _ => batch,
        };
        let peeled = peel::peel(&batch, cases, few)?;
        (self.task.progress)(peeled.compiles.len() + peeled.refused.len());
        Ok(peeled)
    }

    fn sample(&self, decided: &[usize]) -> Vec<usize> {
        let size = (decided.len() / SAMPLE).max(SAMPLED_ALONE);
        let mut decided = decided.to_vec();
        decided.sort_unstable();
        fastrand::Rng::with_seed(self.context.seed).shuffle(&mut decided);
        decided.truncate(size);
        decided
    }

    /// Puts a part of the sample into a second batch, whose neighbours were in
    /// other batches or far away. What this does not decide in the same way must
    /// go alone.
    fn meet_others(&self, sample: &[usize]) -> anyhow::Result<Alone> {
        let mut alone = Alone::new();
        let groups = self.groups(sample.to_vec(), &mut alone, SAMPLED);
        let (_, open) = self.batches("second", groups)?;
        let open = open.into_iter();
        alone.extend(open.map(|(index, why)| (index, format!("a second time: {why}").into())));
        Ok(alone)
    }

    fn isolate(&self, cases: Vec<usize>) -> anyhow::Result<Failures> {
        let failures = Mutex::new(Failures::new());
        cases.into_par_iter().try_for_each(|index| {
            let failure = self.alone(index)?;
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

/// How little an open case is suspected: least what may well have compiled.
fn innocence(why: &str) -> u8 {
    match why {
        peel::FEW_LEFT | COMPILES => 0,
        peel::DIFFERS => 1,
        _ => 2,
    }
}
