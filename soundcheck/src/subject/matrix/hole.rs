//! The `[[known-hole]]` tables of a contract, against the programs and cases
//! that they name.

use camino::Utf8Path;
use serde::Deserialize;
use toml::Spanned;

use crate::ground::problem::Problem;
use crate::judge::case::Case;
use crate::judge::corpus::Corpus;
use crate::judge::corpus::KnownHole;
use crate::judge::hole::lane_of;
use crate::judge::kind::Kind;
use crate::subject::matrix::check::Fault;
use crate::subject::matrix::schema::Contract;

/// A hole that is recorded in a contract.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hole {
    /// The id of the smallest program that shows it.
    pub program: Spanned<String>,
    /// The ids of cases and programs whose claims do not hold because of it.
    #[serde(default)]
    pub excuses: Vec<Spanned<String>>,
}

impl Hole {
    /// The same without its place in the file.
    pub fn known(&self) -> KnownHole {
        let excuses = self.excuses.iter();
        KnownHole {
            program: self.program.get_ref().clone(),
            excuses: excuses.map(|id| id.get_ref().clone()).collect(),
        }
    }
}

/// What is wrong between the recorded holes and the programs and cases.
pub fn mistakes(corpus: &Corpus, contract: &Contract, file: &Utf8Path) -> Vec<Problem> {
    let recorded = contract.holes.iter();
    let mut problems: Vec<Problem> = recorded
        .flat_map(|hole| faults(corpus, hole))
        .map(|fault| contract.sources.problem(&fault))
        .collect();
    let generation = &corpus.subject;
    let programs = corpus.cases.iter().filter(|case| case.kind == Kind::Hole);
    for case in programs.filter(|case| case.speaks_about(generation)) {
        if !corpus.holes.iter().any(|hole| hole.program == case.id) {
            let what = format!("{file} does not record this hole");
            let next = "add a [[known-hole]] with its id as program";
            problems.push(Problem::new(what, next).in_file(&case.path));
        }
    }
    problems
}

fn faults(corpus: &Corpus, hole: &Hole) -> Vec<Fault> {
    let generation = &corpus.subject;
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
