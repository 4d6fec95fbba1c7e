//! The order in which lanes look at a mutant.
//!
//! Owns the order as data, by what a mutant changes: first a few likely cases of
//! the lane that such mutants are noticed by, then all written cases, then what
//! the contract expands to. Every phase is passed through before a mutant counts
//! as one that survived.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;

use crate::command::mutants::order::Order;
use crate::command::mutants::verdict::Kill;
use crate::judge::case::Case;
use crate::judge::lane::Lane;
use crate::judge::runner::LaneRunner;
use crate::subject::mutation::by_hand::Expected;
use crate::subject::mutation::Effect;
use crate::subject::mutation::Mutant;

/// Where the cases of a phase come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Written,
    Contract,
}

use Origin::Contract;
use Origin::Written;

/// When cases look at a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// At first: those that such mutants are noticed by.
    Likely,
    /// All others, if these did not notice.
    Others,
}

use Stage::Likely;
use Stage::Others;

/// A lane, and how many of its cases look; the rest comes later.
type Phase = (Stage, Lane, Origin, usize);

/// Everything that is left.
const REST: usize = usize::MAX;

const TYPES: &[Phase] = &[
    (Likely, Lane::VERDICT, Written, 40),
    (Likely, Lane::TWINS, Written, 40),
    (Likely, Lane::VERDICT, Written, REST),
    (Likely, Lane::VERDICT, Contract, 100),
    (Others, Lane::TWINS, Written, REST),
    (Others, Lane::RUN, Written, REST),
    (Others, Lane::LAYOUT, Written, REST),
    (Others, Lane::CONTROLS, Written, REST),
    (Others, Lane::VERDICT, Contract, REST),
    (Others, Lane::RUN, Contract, REST),
    (Others, Lane::TWINS, Contract, REST),
];

const LAYOUT: &[Phase] = &[
    (Likely, Lane::LAYOUT, Written, REST),
    (Likely, Lane::RUN, Written, 40),
    (Likely, Lane::VERDICT, Written, 40),
    (Likely, Lane::TWINS, Written, REST),
    (Others, Lane::VERDICT, Written, REST),
    (Others, Lane::RUN, Written, REST),
    (Others, Lane::CONTROLS, Written, REST),
    (Others, Lane::VERDICT, Contract, REST),
    (Others, Lane::RUN, Contract, REST),
    (Others, Lane::TWINS, Contract, REST),
];

const BODIES: &[Phase] = &[
    (Likely, Lane::RUN, Written, 8),
    (Likely, Lane::RUN, Written, 24),
    (Likely, Lane::RUN, Written, REST),
    (Others, Lane::CONTROLS, Written, REST),
    (Others, Lane::RUN, Contract, 100),
    (Others, Lane::VERDICT, Written, REST),
    (Others, Lane::TWINS, Written, REST),
    (Others, Lane::LAYOUT, Written, REST),
    (Others, Lane::RUN, Contract, REST),
    (Others, Lane::VERDICT, Contract, REST),
    (Others, Lane::TWINS, Contract, REST),
];

/// What looks at once: a lane with some of its cases.
pub struct Look<'a> {
    /// The lane.
    pub runner: &'a dyn LaneRunner,
    /// The cases, the most likely first.
    pub cases: Vec<&'a Case>,
}

impl Look<'_> {
    /// One case after the other.
    pub fn apart(self) -> impl Iterator<Item = Self> {
        let runner = self.runner;
        let cases = self.cases.into_iter();
        cases.map(move |case| Self {
            runner,
            cases: vec![case],
        })
    }
}

/// What is asked about a mutant.
#[derive(Clone)]
pub struct Question<'q> {
    /// The mutant.
    pub mutant: &'q Mutant,
    /// The cases that have looked already.
    pub looked: BTreeSet<String>,
    /// Who of them has noticed it, if everybody is looked for.
    pub known: Vec<Kill>,
    /// Who must notice it, if somebody said so.
    pub expected: Option<&'q Expected>,
}

/// The cases of all lanes.
pub struct Suite<'a> {
    lanes: BTreeMap<Lane, (&'a dyn LaneRunner, Vec<&'a Case>)>,
}

impl<'a> Suite<'a> {
    /// The lanes with their cases. A case that is known not to hold notices
    /// nothing.
    pub fn new(lanes: impl Iterator<Item = (&'a dyn LaneRunner, Vec<&'a Case>)>) -> Self {
        let lanes = lanes.map(|(runner, cases)| (runner.lane(), (runner, cases)));
        Self {
            lanes: lanes.collect(),
        }
    }

    /// Everything that looks at a mutant, in order. What is not reached is not
    /// sorted.
    pub fn looks<'s>(
        &'s self,
        question: &'s Question<'_>,
        stages: &'s [Stage],
        order: &'s Order<'_>,
    ) -> impl Iterator<Item = Look<'a>> + 's {
        let mutant = question.mutant;
        let phases = match mutant.effect {
            Effect::Types => TYPES,
            Effect::Layout => LAYOUT,
            Effect::Bodies => BODIES,
        };
        let mut queues: BTreeMap<(Lane, Origin), VecDeque<&'a Case>> = BTreeMap::new();
        phases
            .iter()
            .filter_map(move |(stage, lane, origin, count)| {
                let (runner, cases) = self.lanes.get(lane)?;
                let sorted = || sorted(*lane, cases, *origin, question, order);
                let queue = queues.entry((*lane, *origin)).or_insert_with(sorted);
                let mine = queue.drain(..queue.len().min(*count));
                let cases: Vec<&Case> = mine.collect();
                let is_asked = stages.contains(stage) && !cases.is_empty();
                let runner = *runner;
                is_asked.then_some(Look { runner, cases })
            })
    }

    /// One case, if there is such a one.
    pub fn one(&self, lane: &str, id: &str) -> Option<Look<'a>> {
        let mut lanes = self.lanes.values();
        let (runner, cases) = lanes.find(|(runner, _)| runner.lane().name() == lane)?;
        let case = cases.iter().find(|case| case.id == id)?;
        Some(Look {
            runner: *runner,
            cases: vec![case],
        })
    }

    /// The cases that must notice a mutant, as somebody said: written ones, and
    /// generated ones if cases are named.
    pub fn expected(&self, expected: &Expected) -> Vec<Look<'a>> {
        let is_meant = |case: &&Case| {
            let mut texts = expected.cases.iter();
            let is_named = expected.cases.is_empty() || texts.any(|text| case.id.contains(text));
            let is_asked = !case.is_generated || !expected.cases.is_empty();
            is_named && case.claim == expected.claim && is_asked
        };
        let lanes = self.lanes.values();
        let lanes = lanes.filter(|(runner, _)| {
            let name = runner.lane().name();
            expected.lanes.iter().any(|lane| lane == name)
        });
        let looks = lanes.map(|(runner, cases)| Look {
            runner: *runner,
            cases: cases.iter().copied().filter(is_meant).collect(),
        });
        looks.filter(|look| !look.cases.is_empty()).collect()
    }

    /// The written cases that a mutant may be a cause of: what must be refused
    /// by its types, programs and layouts by whatever else it changes.
    pub fn of_causes(&self, question: &Question<'_>) -> Vec<Look<'a>> {
        let lanes: &[Lane] = match question.mutant.effect {
            Effect::Types => &[Lane::VERDICT],
            Effect::Layout => &[Lane::VERDICT, Lane::LAYOUT, Lane::RUN],
            Effect::Bodies => &[Lane::VERDICT, Lane::RUN],
        };
        let is_open = |case: &&Case| !case.is_generated && !question.looked.contains(&case.id);
        let looks = lanes.iter().filter_map(|lane| {
            let (runner, cases) = self.lanes.get(lane)?;
            let cases: Vec<&Case> = cases.iter().copied().filter(is_open).collect();
            let runner = *runner;
            (!cases.is_empty()).then_some(Look { runner, cases })
        });
        looks.collect()
    }

    /// All lanes with all of their cases.
    pub fn everything(&self) -> impl Iterator<Item = Look<'a>> + '_ {
        let lanes = self.lanes.values();
        lanes.map(|(runner, cases)| Look {
            runner: *runner,
            cases: cases.clone(),
        })
    }
}

/// The cases of one origin, the most likely first. What must be compiled alone
/// costs as much as a small batch, and comes last.
fn sorted<'a>(
    lane: Lane,
    cases: &[&'a Case],
    origin: Origin,
    question: &Question<'_>,
    order: &Order<'_>,
) -> VecDeque<&'a Case> {
    let is_meant = |case: &&&Case| {
        case.is_generated == (origin == Contract) && !question.looked.contains(&case.id)
    };
    let cases = cases.iter().filter(is_meant).copied().collect();
    let mut cases = order.sort(question.mutant, lane.name(), cases);
    if matches!(lane, Lane::VERDICT | Lane::TWINS) {
        cases.sort_by_key(|case| case.alone.is_some());
    }
    cases.into()
}
