//! Known holes: what a generation of the API leaves open, by design or by
//! mistake.
//!
//! Owns the `[[known-hole]]` tables of the contracts and what they excuse. A
//! hole is waived as long as it is open, and a failure once it has closed.

use serde::Deserialize;
use toml::Spanned;

use crate::case::Case;
use crate::case::Kind;
use crate::corpus::Corpus;
use crate::event::Failure;
use crate::event::Judgement;
use crate::lane::linking::MUST_COMPILE;
use crate::lane::Lane;
use crate::matrix::Fault;
use crate::matrix::Sources;
use crate::problem::Problem;
use crate::target::Target;

/// A hole that is recorded in a contract.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hole {
    /// The id of the smallest program that shows it, below `holes/`.
    pub program: Spanned<String>,
    /// The ids of cases and programs whose claims do not hold because of it.
    #[serde(default)]
    pub excuses: Vec<Spanned<String>>,
}

/// The words of a verdict about a program that should have been refused.
pub const COMPILES: &str = "the program compiles";

/// Turns a failure that a hole explains into a waived verdict, and a pass that
/// it says cannot be into a failure.
pub fn excuse(corpus: &Corpus, mut judgement: Judgement) -> Judgement {
    let Some(hole) = excused_by(corpus, &judgement) else {
        return judgement;
    };
    let program = hole.program.get_ref();
    match judgement.failure.take() {
        Some(failure) if explains(&judgement, &failure) => {
            let hole = corpus.cases.iter().find(|case| case.id == *program);
            let sentence = hole.map_or("", |case| case.sentence.as_str());
            judgement.waived = Some(format!("{program}: {sentence}"));
        }
        Some(failure) => judgement.failure = Some(failure),
        None => judgement.failure = Some(closed(&corpus.target, program)),
    }
    judgement
}

fn excused_by<'a>(corpus: &'a Corpus, judgement: &Judgement) -> Option<&'a Hole> {
    if corpus.holes.is_empty() {
        return None;
    }
    let case = corpus.cases.iter().find(|case| case.id == judgement.id)?;
    if judgement.lane != lane_of(case)? {
        return None;
    }
    let excuses = |hole: &&Hole| hole.excuses.iter().any(|id| *id.get_ref() == case.id);
    corpus.holes.iter().find(excuses)
}

/// The lane in which a case can be excused. A twin, a layout and a violation
/// are no claims that a hole could refute.
fn lane_of(case: &Case) -> Option<Lane> {
    match case.kind {
        Kind::Fail => Some(Lane::Verdict),
        Kind::Pass => Some(Lane::Run),
        _ => None,
    }
}

/// A hole lets a program compile, or run into a violation; it does not make an
/// error another one, nor keeps a program from compiling.
fn explains(judgement: &Judgement, failure: &Failure) -> bool {
    match judgement.lane {
        Lane::Run => failure.expected != MUST_COMPILE,
        _ => failure.got == COMPILES,
    }
}

/// The failure of a hole that is not open any more.
pub fn closed(target: &Target, program: &str) -> Failure {
    Failure {
        line: None,
        expected: format!("the known hole {program} is open"),
        got: "it has closed: what it says is possible is refused".to_owned(),
        next: format!(
            "remove it from {}, and let the cases that it excuses speak for the claim",
            target.contract()
        ),
    }
}

/// What is wrong between the recorded holes and the programs and cases.
pub fn mistakes(corpus: &Corpus, sources: &Sources) -> Vec<Problem> {
    let recorded = corpus.holes.iter();
    let mut problems: Vec<Problem> = recorded
        .flat_map(|hole| faults(corpus, hole))
        .map(|fault| sources.problem(&fault))
        .collect();
    let generation = corpus.target.generation();
    let programs = corpus.cases.iter().filter(|case| case.kind == Kind::Hole);
    for case in programs.filter(|case| case.speaks_about(generation)) {
        if !corpus
            .holes
            .iter()
            .any(|hole| *hole.program.get_ref() == case.id)
        {
            let contract = corpus.target.contract();
            let what = format!("{contract} does not record this hole");
            let next = "add a [[known-hole]] with its id as program";
            problems.push(Problem::new(what, next).in_file(&case.path));
        }
    }
    problems
}

fn faults(corpus: &Corpus, hole: &Hole) -> Vec<Fault> {
    let generation = corpus.target.generation();
    let is_there = |id: &str, wanted: fn(&Case) -> bool| {
        let mut cases = corpus.cases.iter().filter(|case| case.id == id);
        cases.any(|case| wanted(case) && case.speaks_about(generation))
    };
    let mut faults = Vec::new();
    if !is_there(hole.program.get_ref(), |case| case.kind == Kind::Hole) {
        let what = format!(
            "no program {} speaks about {generation}",
            hole.program.get_ref()
        );
        let next = "write it below holes/, and name the generation in its header";
        let at = hole.program.span().start;
        faults.push(Fault { at, what, next });
    }
    for id in &hole.excuses {
        if !is_there(id.get_ref(), |case| lane_of(case).is_some()) {
            let what = format!("no case {} speaks about {generation}", id.get_ref());
            let next = "`soundcheck list` prints every id";
            let at = id.span().start;
            faults.push(Fault { at, what, next });
        }
    }
    faults
}
