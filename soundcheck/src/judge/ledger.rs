//! The books of a run: found = declared = judged = reported.
//!
//! Owns the comparison. A case that is lost on the way, judged twice or left
//! out of a report makes the run red.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ground::key;
use crate::ground::problem::Problem;
use crate::judge::event::Outcome;
use crate::judge::lane::Lane;
use crate::judge::tally::Tally;

/// The books, one column a stage, kept by lane.
#[derive(Debug, Default)]
pub struct Ledger {
    files_found: usize,
    files_declared: usize,
    declared: BTreeMap<Lane, BTreeSet<String>>,
    judged: BTreeMap<Lane, Vec<String>>,
    verdicts: BTreeSet<(Lane, String, Outcome)>,
}

impl Ledger {
    /// Enters the files on disk and the cases that were read from them.
    pub fn files(&mut self, found: usize, declared: usize) {
        self.files_found = found;
        self.files_declared = declared;
    }

    /// Enters a case that a lane must judge.
    pub fn declare(&mut self, lane: Lane, id: String) {
        self.declared.entry(lane).or_default().insert(id);
    }

    /// Enters a case in the place of all others of its lane, because nothing
    /// can be said about them any more.
    pub fn replace(&mut self, lane: Lane, id: String) {
        self.declared.insert(lane, BTreeSet::from([id]));
    }

    /// Enters a verdict.
    pub fn judge(&mut self, lane: Lane, id: String, outcome: Outcome) {
        self.verdicts.insert((lane, id.clone(), outcome));
        self.judged.entry(lane).or_default().push(id);
    }

    /// Compares what was found, declared and judged.
    pub fn close(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.files_found != self.files_declared {
            let (found, declared) = (self.files_found, self.files_declared);
            let what = format!("{found} files were found, but {declared} cases declared");
            problems.push(Problem::new(what, "this is a fault of the tool: report it"));
        }
        for (lane, declared) in &self.declared {
            let nothing = Vec::new();
            let judged = self.judged.get(lane).unwrap_or(&nothing);
            problems.extend(compare(*lane, declared, judged));
        }
        problems
    }

    /// What is wrong with a report, if it is not whole.
    pub fn short(&self, tally: &Tally) -> Option<Problem> {
        let Tally { name, reported, .. } = tally;
        let judged = self.judged_count();
        let books = format!("{judged} cases were judged, but {reported} reported");
        if let Some(failure) = &tally.failure {
            let what = format!("the {name} report could not be written: {failure} ({books})");
            return Some(Problem::new(what, "make room for it and run again"));
        }
        (*reported != judged).then(|| {
            let what = format!("{books} in the {name} report");
            Problem::new(what, "this is a fault of the tool: report it")
        })
    }

    /// The books in one line.
    pub fn line(&self, tallies: &[Tally]) -> String {
        let declared: usize = self.declared.values().map(BTreeSet::len).sum();
        let reported = tallies.iter().map(|tally| tally.reported).min();
        let reported = reported.unwrap_or(0);
        let judged = self.judged_count();
        let hash = self.hash();
        format!("ledger: {declared} found, {judged} judged, {reported} reported, hash {hash}")
    }

    /// A short hash of every verdict. Runs that judge the same cases alike have
    /// the same one, in whatever order and by whatever way they came to it.
    fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for (lane, id, outcome) in &self.verdicts {
            for text in [lane.name(), id, outcome.name()] {
                key::add(&mut hasher, text.as_bytes());
            }
        }
        hasher.finalize().to_hex()[..12].to_owned()
    }

    fn judged_count(&self) -> usize {
        self.judged.values().map(Vec::len).sum()
    }
}

fn compare(lane: Lane, declared: &BTreeSet<String>, judged: &[String]) -> Vec<Problem> {
    let name = lane.name();
    let rerun = || format!("run `cargo soundcheck check --lane {name}`");
    let mut problems = Vec::new();
    if judged.is_empty() && !declared.is_empty() {
        let what = format!("lane {name} did not run: {} cases lost", declared.len());
        return vec![Problem::new(what, rerun())];
    }
    let mut seen = BTreeSet::new();
    for id in judged {
        if !seen.insert(id) {
            let what = format!("lane {name} judged {id} twice");
            problems.push(Problem::new(what, "this is a fault of the tool: report it"));
        }
        if !declared.contains(id) {
            let what = format!("lane {name} judged {id}, which was not declared");
            problems.push(Problem::new(what, "this is a fault of the tool: report it"));
        }
    }
    for id in declared.iter().filter(|id| !seen.contains(id)) {
        problems.push(Problem::new(format!("lane {name} lost {id}"), rerun()));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(declared: &[&str], judged: &[&str]) -> Ledger {
        let mut ledger = Ledger::default();
        for id in declared {
            ledger.declare(Lane::VERDICT, (*id).to_owned());
        }
        for id in judged {
            ledger.judge(Lane::VERDICT, (*id).to_owned(), Outcome::Pass);
        }
        ledger
    }

    fn tally(reported: usize) -> Tally {
        Tally {
            reported,
            ..Tally::new("json")
        }
    }

    fn complaint(ledger: &Ledger, reported: usize) -> String {
        let mut problems = ledger.close();
        problems.extend(ledger.short(&tally(reported)));
        let problems: Vec<String> = problems.iter().map(Problem::to_string).collect();
        problems.join("\n")
    }

    #[test]
    fn equal_columns_are_in_order() {
        let ledger = ledger(&["a", "b"], &["b", "a"]);
        assert_eq!(complaint(&ledger, 2), "");
        let line = ledger.line(&[tally(2)]);
        assert!(line.starts_with("ledger: 2 found, 2 judged, 2 reported, hash "));
    }

    #[test]
    fn the_hash_is_that_of_the_verdicts_in_any_order() {
        let of = |judged: &[&str]| ledger(&["a", "b"], judged).hash();
        assert_eq!(of(&["a", "b"]), of(&["b", "a"]));
        assert_ne!(of(&["a", "b"]), of(&["a"]));
        let mut failed = ledger(&["a"], &[]);
        failed.judge(Lane::VERDICT, "a".to_owned(), Outcome::Fail);
        assert_ne!(failed.hash(), ledger(&["a"], &["a"]).hash());
    }

    #[test]
    fn a_lost_case_is_named() {
        assert!(complaint(&ledger(&["a", "b"], &["a"]), 1).contains("lane verdict lost b"));
    }

    #[test]
    fn a_lane_without_verdicts_did_not_run() {
        assert!(complaint(&ledger(&["a"], &[]), 0).contains("lane verdict did not run"));
    }

    #[test]
    fn strangers_and_doubles_are_named() {
        assert!(complaint(&ledger(&["a"], &["a", "a"]), 2).contains("judged a twice"));
        assert!(complaint(&ledger(&["a"], &["a", "c"]), 2).contains("c, which was not declared"));
    }

    #[test]
    fn a_short_report_is_noticed() {
        assert!(complaint(&ledger(&["a"], &["a"]), 0).contains("1 cases were judged, but 0"));
    }

    #[test]
    fn a_report_that_broke_off_says_why_although_all_verdicts_are_in_it() {
        let mut tally = tally(1);
        tally.enter(0, Err(std::io::Error::other("the disk is full")));
        let problem = ledger(&["a"], &["a"]).short(&tally);
        let problem = problem.expect("the report is not whole");
        assert!(problem.what.contains("json report could not be written"));
        assert!(problem.what.contains("the disk is full"));
    }

    #[test]
    fn a_file_that_declares_nothing_is_noticed() {
        let mut ledger = ledger(&["a"], &["a"]);
        ledger.files(2, 1);
        assert!(complaint(&ledger, 1).contains("2 files were found"));
    }
}
