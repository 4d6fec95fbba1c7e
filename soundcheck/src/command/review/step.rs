//! A step of a series: everything that was judged after one patch, and what it
//! says in the light of the steps before.
//!
//! Owns what "broke" means: a verdict that does not hold, and held when it was
//! judged last. A step that does not build judges nothing else; the next one is
//! compared with what was known before.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ground::problem::Problem;
use crate::judge::event::Judgement;
use crate::judge::event::Outcome;
use crate::judge::failure::FailureKind;
use crate::judge::lane::Lane;

/// What a verdict is known by.
pub type Key = (Lane, String);

/// A program that was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The text of its file.
    pub text: String,
    /// Whether it is the twin that was judged.
    pub is_twin: bool,
}

/// Everything that was judged after a patch.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// The verdicts.
    pub judgements: Vec<Judgement>,
    /// What is wrong outside of any verdict.
    pub problems: Vec<Problem>,
    /// The programs of the verdicts that do not hold.
    pub programs: BTreeMap<Key, Program>,
}

/// What a step says in the light of the steps before.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// The verdicts, and those that hold.
    pub verdicts: Tally,
    /// The claims, and those of which all verdicts hold.
    pub claims: Tally,
    /// What held before and does not any more.
    pub broke: Vec<Judgement>,
    /// The claims that hold again.
    pub mended: Vec<String>,
    /// The claims that did not hold before either.
    pub still: Vec<String>,
    /// How many holes are known and open.
    pub holes: usize,
    /// The known holes that were open before.
    pub closed: Vec<String>,
    /// What is wrong outside of any verdict, and was not in the step before.
    pub problems: Vec<Problem>,
    /// How many verdicts were judged before and not this time.
    pub unjudged: usize,
}

/// How many there are, and how many of them hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All.
    pub total: usize,
    /// Those that hold.
    pub held: usize,
}

/// What is known of each verdict from the step that judged it last.
#[derive(Debug, Default)]
pub struct History {
    held: BTreeMap<Key, bool>,
    /// The claims that do not hold.
    refuted: BTreeSet<String>,
    /// What was wrong in the last step.
    problems: Vec<Problem>,
}

/// What a verdict is known by.
pub fn key(judgement: &Judgement) -> Key {
    (judgement.lane, judgement.id.clone())
}

/// A hole that is closed is a failure of `check`, which has it for open, and
/// what a series may be there for.
fn holds(judgement: &Judgement) -> bool {
    let outcome = judgement.outcome();
    matches!(outcome, Outcome::Pass | Outcome::Waived) || judgement.lane == Lane::HOLES
}

/// What a verdict without a claim is about.
const BUILD: &str = "the build";

/// What a verdict is about: its claim, or that everything builds.
fn subject(judgement: &Judgement) -> &str {
    match judgement.claim.as_str() {
        "" => BUILD,
        claim => claim,
    }
}

impl Step {
    /// Whether the crate that everything is judged by does not build.
    pub fn unbuilt(&self) -> Option<&Judgement> {
        let mut judgements = self.judgements.iter();
        judgements.find(|judgement| judgement.lane == Lane::BUILD && !holds(judgement))
    }

    /// Whether every verdict holds.
    pub fn is_sound(&self) -> bool {
        self.judgements.iter().all(holds) && self.problems.is_empty()
    }
}

impl History {
    /// Takes a step into account.
    pub fn enter(&mut self, step: &Step) -> Account {
        let mut account = Account::default();
        let mut claims: BTreeMap<&str, bool> = BTreeMap::new();
        let (holes, verdicts): (Vec<_>, Vec<_>) = step
            .judgements
            .iter()
            .partition(|judgement| judgement.lane == Lane::HOLES);
        for hole in holes {
            let is_open = hole.outcome() == Outcome::Waived;
            account.holes += usize::from(is_open);
            let was_open = self.held.insert(key(hole), is_open) == Some(true);
            let failure = hole.failure.as_ref();
            let is_closed = failure.is_some_and(|failure| failure.kind == FailureKind::Closed);
            if was_open && is_closed {
                account.closed.push(hole.id.clone());
            }
        }
        for judgement in verdicts {
            account.verdicts.count(holds(judgement));
            *claims.entry(subject(judgement)).or_insert(true) &= holds(judgement);
            let before = self.held.insert(key(judgement), holds(judgement));
            if !holds(judgement) && before != Some(false) {
                account.broke.push(judgement.clone());
            }
        }
        let counted = claims.iter().filter(|(claim, _)| **claim != BUILD);
        counted.for_each(|(_, held)| account.claims.count(*held));
        account.unjudged = self.held.len().saturating_sub(step.judgements.len());
        self.claims(&claims, &mut account);
        let known = std::mem::replace(&mut self.problems, step.problems.clone());
        let problems = step.problems.iter();
        let problems = problems.filter(|problem| !known.contains(problem));
        account.problems = problems.cloned().collect();
        account
    }

    fn claims(&mut self, claims: &BTreeMap<&str, bool>, account: &mut Account) {
        let broke: BTreeSet<&str> = account.broke.iter().map(subject).collect();
        for (claim, held) in claims {
            match (*held, self.refuted.contains(*claim)) {
                (true, true) => {
                    self.refuted.remove(*claim);
                    account.mended.push((*claim).to_owned());
                }
                (false, true) if !broke.contains(claim) => account.still.push((*claim).to_owned()),
                (false, _) => {
                    self.refuted.insert((*claim).to_owned());
                }
                (true, false) => {}
            }
        }
    }
}

impl Tally {
    fn count(&mut self, held: bool) {
        self.total += 1;
        self.held += usize::from(held);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::judge::failure::Failure;
    use crate::judge::failure::FailureKind;

    /// A verdict about the case `id` of a claim.
    pub fn judgement(lane: Lane, id: &str, claim: &str, got: Option<&str>) -> Judgement {
        let failure = got.map(|got| Failure {
            kind: match lane {
                Lane::HOLES => FailureKind::Closed,
                _ => FailureKind::Compiles,
            },
            line: Some(8),
            expected: "E0599 registration_guard on line 8".to_owned(),
            got: got.to_owned(),
            next: "compare".to_owned(),
        });
        Judgement {
            id: id.to_owned(),
            lane,
            path: format!("{id}.rs").into(),
            claim: claim.to_owned(),
            sentence: format!("What {claim} says."),
            alone: None,
            cached: false,
            replays: 0,
            failure,
            waived: None,
        }
    }

    fn step(verdicts: &[(&str, &str, bool)]) -> Step {
        let judgement = |(id, claim, held): &(&str, &str, bool)| {
            judgement(Lane::VERDICT, id, claim, (!held).then_some("it compiles"))
        };
        Step {
            judgements: verdicts.iter().map(judgement).collect(),
            ..Step::default()
        }
    }

    fn broke(account: &Account) -> Vec<&str> {
        account
            .broke
            .iter()
            .map(|known| known.id.as_str())
            .collect()
    }

    #[test]
    fn a_defect_is_of_the_patch_that_planted_it() {
        let mut history = History::default();
        let sound = step(&[("a", "x", true), ("b", "y", true)]);
        let unsound = step(&[("a", "x", false), ("b", "y", true)]);
        assert!(history.enter(&sound).broke.is_empty());
        let planted = history.enter(&unsound);
        assert_eq!(broke(&planted), ["a"]);
        assert_eq!(planted.claims, Tally { total: 2, held: 1 });
        let kept = history.enter(&unsound);
        assert!(kept.broke.is_empty());
        assert_eq!(kept.still, ["x"]);
        let mended = history.enter(&sound);
        assert_eq!(
            (mended.mended, mended.still),
            (vec!["x".to_owned()], vec![])
        );
    }

    #[test]
    fn a_problem_is_of_the_step_that_has_it_first() {
        let mut history = History::default();
        let mut troubled = step(&[("a", "x", true)]);
        troubled.problems = vec![Problem::new("lane run did not run", "mend it")];
        assert_eq!(history.enter(&troubled).problems.len(), 1);
        assert!(history.enter(&troubled).problems.is_empty());
        history.enter(&step(&[("a", "x", true)]));
        assert_eq!(history.enter(&troubled).problems.len(), 1);
    }

    #[test]
    fn a_hole_that_is_closed_breaks_nothing() {
        let mut history = History::default();
        let hole = |closed: bool| {
            let got = closed.then_some("it is refused");
            let mut hole = judgement(Lane::HOLES, "h", "x", got);
            hole.waived = (!closed).then(|| "known".to_owned());
            Step {
                judgements: vec![hole],
                ..Step::default()
            }
        };
        assert_eq!(history.enter(&hole(false)).holes, 1);
        let closed = history.enter(&hole(true));
        assert_eq!(closed.closed, ["h"]);
        assert!(closed.broke.is_empty() && hole(true).is_sound());
        assert!(history.enter(&hole(true)).closed.is_empty());
    }

    #[test]
    fn another_program_of_a_refuted_claim_breaks_too() {
        let mut history = History::default();
        history.enter(&step(&[("a", "x", false), ("b", "x", true)]));
        let second = history.enter(&step(&[("a", "x", false), ("b", "x", false)]));
        assert_eq!(broke(&second), ["b"]);
        assert!(second.still.is_empty());
    }

    #[test]
    fn a_step_that_does_not_build_leaves_what_was_known() {
        let mut history = History::default();
        history.enter(&step(&[("a", "x", true), ("b", "y", true)]));
        let kernel = judgement(Lane::BUILD, "kernel", "", Some("error[E0308]"));
        let unbuilt = Step {
            judgements: vec![kernel],
            ..Step::default()
        };
        assert!(unbuilt.unbuilt().is_some());
        let account = history.enter(&unbuilt);
        assert_eq!((broke(&account), account.unjudged), (vec!["kernel"], 2));
        let after = history.enter(&step(&[("a", "x", true), ("b", "y", false)]));
        assert_eq!(broke(&after), ["b"]);
    }
}
