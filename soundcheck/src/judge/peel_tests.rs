//! The rules of peeling, tested with a made-up compiler in the place of rustc.

use std::cell::RefCell;

use std::time::Duration;

use crate::ground::crash::Crash;
use crate::ground::process::Ended;

use super::*;

const LATE: Ended = Ended::TimedOut(Duration::from_secs(60));

/// A played compiler. Case `n` produces the codes `codes[n]`; an error of class
/// `late` appears only if no other is there.
#[derive(Default)]
struct Played {
    codes: Vec<Vec<&'static str>>,
    /// The case that the errors of a case name besides itself.
    names: BTreeMap<usize, usize>,
    /// Cases that crash the compiler.
    crashes: BTreeSet<usize>,
    /// Whether the compiler says which case it crashes over.
    hints: bool,
    /// Whether no case has an impl that another could know.
    quiet: bool,
    /// Whether every refused crate has an error without an owner.
    stray: bool,
    /// The crates that were compiled.
    crates: RefCell<Vec<Vec<usize>>>,
}

impl Played {
    fn new(codes: &[&[&'static str]]) -> Self {
        Self {
            codes: codes.iter().map(|codes| codes.to_vec()).collect(),
            ..Self::default()
        }
    }

    fn run(&self) -> Peeled {
        let cases = (0..self.codes.len()).collect();
        peel(self, cases, 0).expect("the played compiler can always be run")
    }
}

fn error(owner: &str, code: &str) -> Diagnostic {
    Diagnostic {
        code: Some(code.to_owned()),
        message: owner.to_owned(),
        ..Diagnostic::default()
    }
}

impl Judge for Played {
    fn compile(&self, cases: &[usize]) -> anyhow::Result<Compilation> {
        self.crates.borrow_mut().push(cases.to_vec());
        let crashed = cases.iter().any(|case| self.crashes.contains(case));
        let all = cases.iter().flat_map(|case| {
            let codes = self.codes[*case].iter();
            codes.map(move |code| error(&case.to_string(), code))
        });
        let (late, mut errors): (Vec<_>, Vec<_>) =
            all.partition(|error| error.code.as_deref().is_some_and(reason::is_late));
        if errors.is_empty() {
            errors = late;
        }
        if crashed {
            let guilty = cases.iter().filter(|case| self.crashes.contains(case));
            let hints = guilty.map(|case| error(&case.to_string(), "busy"));
            errors = hints.filter(|_| self.hints).collect();
        }
        let status = match (crashed, errors.is_empty()) {
            (true, _) => Status::Crashed(Crash::Limit(LATE)),
            (false, true) => Status::Clean,
            (false, false) => Status::Refused,
        };
        if self.stray && status == Status::Refused {
            errors.push(error("nobody", "E0277"));
        }
        Ok(Compilation { status, errors })
    }

    fn owner(&self, error: &Diagnostic) -> Option<usize> {
        error.message.parse().ok()
    }

    fn mentions(&self, error: &Diagnostic) -> BTreeSet<usize> {
        let owner = self.owner(error);
        let other = owner.and_then(|owner| self.names.get(&owner).copied());
        owner.into_iter().chain(other).collect()
    }

    fn may_be_caused(&self, code: &str) -> bool {
        reason::is_neighbourly(code) && !self.quiet
    }

    fn declares(&self, _case: usize, errors: &[&Diagnostic]) -> bool {
        errors
            .iter()
            .all(|error| error.code.as_deref() != Some("E0308"))
    }
}

#[test]
fn a_clean_crate_compiles_all() {
    let peeled = Played::new(&[&[], &[]]).run();
    assert_eq!(peeled.compiles, [0, 1]);
    assert_eq!(peeled.rounds, 1);
}

#[test]
fn no_error_beside_errors_is_undecided() {
    let played = Played::new(&[&["E0277"], &[], &["E0599"]]);
    let peeled = played.run();
    assert_eq!(peeled.refused, [0, 2]);
    assert_eq!(peeled.compiles, [1]);
    assert_eq!(*played.crates.borrow(), [vec![0, 1, 2], vec![1]]);
}

#[test]
fn a_hidden_late_error_appears_in_a_later_round() {
    let peeled = Played::new(&[&["E0277"], &["E0451"]]).run();
    assert_eq!(peeled.refused, [0, 1]);
    assert_eq!(peeled.rounds, 2);
}

#[test]
fn nothing_is_believed_beside_a_coherence_error() {
    let played = Played::new(&[&["E0117"], &["E0277"], &[]]);
    let peeled = played.run();
    assert_eq!(peeled.alone, [(0, "coherence error")]);
    assert_eq!(peeled.refused, [1]);
    assert_eq!(peeled.compiles, [2]);
    assert_eq!(played.crates.borrow()[1], [1, 2]);
}

#[test]
fn codes_of_neighbours_go_alone() {
    let peeled = Played::new(&[&["E0282"], &["E0277"]]).run();
    assert_eq!(peeled.alone, [(0, "a code that neighbours can cause")]);
}

#[test]
fn codes_that_no_neighbour_can_have_caused_are_accepted() {
    let mut played = Played::new(&[&["E0283"], &["E0283"]]);
    played.quiet = true;
    assert_eq!(played.run().refused, [0, 1]);
}

#[test]
fn an_error_that_names_another_case_goes_alone() {
    let mut played = Played::new(&[&["E0277"], &["E0277"]]);
    played.names.insert(0, 1);
    let peeled = played.run();
    assert_eq!(peeled.alone, [(0, "the error names another case")]);
    assert_eq!(peeled.refused, [1]);
}

#[test]
fn what_differs_from_the_contract_goes_alone() {
    let peeled = Played::new(&[&["E0308"]]).run();
    assert_eq!(peeled.alone, [(0, "differs from the contract")]);
}

#[test]
fn a_crash_is_narrowed_down() {
    let mut played = Played::new(&[&["E0277"], &[], &["E0277"], &[]]);
    played.crashes.insert(2);
    let peeled = played.run();
    assert_eq!(peeled.alone, [(2, "the compiler crashed")]);
    assert_eq!(peeled.refused, [0]);
    assert_eq!(peeled.compiles.len(), 2);
}

#[test]
fn a_crash_over_a_known_case_costs_one_round() {
    let mut played = Played::new(&[&["E0277"], &[], &["E0277"], &[]]);
    played.crashes.insert(2);
    played.hints = true;
    let peeled = played.run();
    assert_eq!(peeled.alone, [(2, "the compiler crashed")]);
    assert_eq!(
        played.crates.borrow()[..2],
        [vec![0, 1, 2, 3], vec![0, 1, 3]]
    );
}

#[test]
fn one_endless_case_of_300_costs_two_crates_a_halving() {
    let codes = [&["E0277"][..]; 300];
    for endless in [0, 151, 299] {
        let mut played = Played::new(&codes);
        played.crashes.insert(endless);
        let peeled = played.run();
        assert_eq!(peeled.alone, [(endless, "the compiler crashed")]);
        assert_eq!(peeled.refused.len(), 299);
        assert!(peeled.rounds <= 2 * 9 + 1, "{} rounds", peeled.rounds);
    }
}

#[test]
fn an_error_of_nobody_lets_nothing_be_accepted() {
    let mut played = Played::new(&[&["E0277"], &[]]);
    played.stray = true;
    let peeled = played.run();
    assert_eq!(peeled.refused, [] as [usize; 0]);
    assert_eq!(peeled.alone[0], (0, "an error that is in no case"));
    assert_eq!(peeled.compiles, [1]);
}
