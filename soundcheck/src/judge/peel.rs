//! The rounds in which a batch of cases is taken apart.
//!
//! Owns the rules under which a batched verdict may be believed. It knows
//! neither files nor rustc: a `Judge` compiles and tells whose errors are whose.
//!
//! The one rule above all: "no error here" means "compiles" only in a crate
//! without any error. A case beside cases with errors is undecided.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ground::compiler::Compilation;
use crate::ground::compiler::Status;
use crate::ground::diagnostic::Diagnostic;
use crate::judge::reason;

/// What peeling needs to know about its cases, which it knows by number only.
pub trait Judge {
    /// Compiles some cases as modules of one crate.
    fn compile(&self, cases: &[usize]) -> anyhow::Result<Compilation>;

    /// The case that an error is in, if it is in exactly one.
    fn owner(&self, error: &Diagnostic) -> Option<usize>;

    /// Every case that an error names anywhere but in help.
    fn mentions(&self, error: &Diagnostic) -> BTreeSet<usize>;

    /// Whether another case of the batch may be the cause of an error with the
    /// code.
    fn may_be_caused(&self, code: &str) -> bool;

    /// Whether the errors are the ones that the case declares.
    fn declares(&self, case: usize, errors: &[&Diagnostic]) -> bool;
}

/// What came of a batch.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Peeled {
    /// Cases that compile, because their crate had no error.
    pub compiles: Vec<usize>,
    /// Cases that are refused for the reasons they declare.
    pub refused: Vec<usize>,
    /// Cases that must be judged alone, and why.
    pub alone: Vec<(usize, &'static str)>,
    /// How many crates were compiled.
    pub rounds: usize,
}

/// Why a case goes alone that the compiler did not survive, or did not finish.
const CRASHED: &str = "the compiler crashed";

/// Why a case goes alone whose errors are not those that it declares.
pub const DIFFERS: &str = "differs from the contract";

/// Why a case goes alone that would be compiled once more with few others.
pub const FEW_LEFT: &str = "few are left of its batch";

/// Compiles the cases in rounds until each is settled or sent alone. So few that
/// are still undecided after a round go alone, too.
pub fn peel(judge: &dyn Judge, cases: Vec<usize>, few: usize) -> anyhow::Result<Peeled> {
    let mut peeled = Peeled::default();
    let mut waiting = vec![cases];
    while let Some(batch) = waiting.pop() {
        if batch.is_empty() {
            continue;
        }
        if peeled.rounds > 0 && batch.len() <= few {
            peeled.send_alone(batch, FEW_LEFT);
            continue;
        }
        let compilation = judge.compile(&batch)?;
        peeled.rounds += 1;
        match compilation.status {
            Status::Clean => peeled.compiles.extend(batch),
            Status::Crashed(_) => {
                waiting.extend(peeled.narrow(judge, batch, &compilation.errors));
            }
            Status::Refused => {
                let rest = peeled.round(judge, batch, &compilation.errors);
                waiting.push(rest);
            }
        }
    }
    Ok(peeled)
}

impl Peeled {
    /// A crash says nothing about any case. Where the compiler said what it was
    /// busy with, the others are tried again; else the halves are, so that the
    /// one that is to blame costs two crates for each halving.
    fn narrow(
        &mut self,
        judge: &dyn Judge,
        mut batch: Vec<usize>,
        hints: &[Diagnostic],
    ) -> Vec<Vec<usize>> {
        let busy: BTreeSet<usize> = hints.iter().filter_map(|hint| judge.owner(hint)).collect();
        let (named, others): (Vec<usize>, Vec<usize>) =
            batch.iter().partition(|case| busy.contains(case));
        if !named.is_empty() {
            self.send_alone(named, CRASHED);
            return vec![others];
        }
        if batch.len() == 1 {
            self.send_alone(batch, CRASHED);
            return Vec::new();
        }
        let other = batch.split_off(batch.len() / 2);
        vec![batch, other]
    }

    /// Settles what one refused crate settles and returns the rest.
    fn round(&mut self, judge: &dyn Judge, batch: Vec<usize>, errors: &[Diagnostic]) -> Vec<usize> {
        let round = Round::new(judge, errors);
        if round.owned.is_empty() || round.is_poisoned_by_nobody() {
            self.send_alone(batch, "an error that is in no case");
            return Vec::new();
        }
        let mut rest = Vec::new();
        for case in batch {
            match round.ruling(judge, case) {
                Ruling::Undecided => rest.push(case),
                Ruling::Refused => self.refused.push(case),
                Ruling::Alone(why) => self.alone.push((case, why)),
            }
        }
        rest
    }

    fn send_alone(&mut self, cases: Vec<usize>, why: &'static str) {
        self.alone.extend(cases.into_iter().map(|case| (case, why)));
    }
}

/// The errors of one crate by owner.
struct Round<'a> {
    owned: BTreeMap<usize, Vec<&'a Diagnostic>>,
    stray: Vec<&'a Diagnostic>,
    /// The cases with a coherence error.
    poisonous: BTreeSet<usize>,
}

enum Ruling {
    Undecided,
    Refused,
    Alone(&'static str),
}

impl<'a> Round<'a> {
    fn new(judge: &dyn Judge, errors: &'a [Diagnostic]) -> Self {
        let mut round = Self {
            owned: BTreeMap::new(),
            stray: Vec::new(),
            poisonous: BTreeSet::new(),
        };
        for error in errors {
            match judge.owner(error) {
                Some(owner) => {
                    round.owned.entry(owner).or_default().push(error);
                    if is_coherence(error) {
                        round.poisonous.insert(owner);
                    }
                }
                None => round.stray.push(error),
            }
        }
        round
    }

    fn is_poisoned_by_nobody(&self) -> bool {
        self.stray.iter().any(|error| is_coherence(error))
    }

    fn ruling(&self, judge: &dyn Judge, case: usize) -> Ruling {
        if !self.poisonous.is_empty() {
            // Nothing else in a poisoned crate can be believed; the others are
            // tried again without the poison.
            return match self.poisonous.contains(&case) {
                true => Ruling::Alone("coherence error"),
                false => Ruling::Undecided,
            };
        }
        let Some(errors) = self.owned.get(&case) else {
            return Ruling::Undecided;
        };
        match self.objection(judge, case, errors) {
            Some(why) => Ruling::Alone(why),
            None => Ruling::Refused,
        }
    }

    /// Why a candidate may not be accepted, if it may not.
    fn objection(
        &self,
        judge: &dyn Judge,
        case: usize,
        errors: &[&Diagnostic],
    ) -> Option<&'static str> {
        let may_be_caused = |error: &&Diagnostic| {
            let code = error.code.as_deref();
            code.is_some_and(|code| judge.may_be_caused(code))
        };
        let names_others =
            |error: &&Diagnostic| judge.mentions(error).iter().any(|other| *other != case);
        if !self.stray.is_empty() {
            Some("an error that is in no case")
        } else if errors.iter().any(may_be_caused) {
            Some("a code that neighbours can cause")
        } else if errors.iter().any(names_others) {
            Some("the error names another case")
        } else if !judge.declares(case, errors) {
            Some(DIFFERS)
        } else {
            None
        }
    }
}

fn is_coherence(error: &Diagnostic) -> bool {
    error.code.as_deref().is_some_and(reason::is_coherence)
}

#[cfg(test)]
#[path = "peel_tests.rs"]
mod tests;
