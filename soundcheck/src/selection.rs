//! Which cases and lanes a call asks for.
//!
//! Owns the filters and the rule that nothing may be selected silently: a
//! filter that matches nothing is an error.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::Kind;
use crate::corpus::Corpus;
use crate::lane::Lane;
use crate::problem::nearest;
use crate::problem::InputError;
use crate::problem::Problem;
use crate::share;

/// The filters and lanes of a call.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Substrings of ids; empty means everything.
    pub filters: Vec<String>,
    /// Lanes in the order in which they run.
    pub lanes: Vec<Lane>,
    /// Names of verdicts as tests, if nothing else is wanted.
    pub only: Option<BTreeSet<String>>,
    /// Commands, of which a filter may be a misspelt one.
    commands: Vec<String>,
}

impl Selection {
    /// A selection of lanes, or of all lanes if none is given.
    pub fn new(filters: &[String], lanes: &[Lane]) -> Self {
        let wanted = |lane: &Lane| lanes.is_empty() || lanes.contains(lane);
        Self {
            filters: filters.to_vec(),
            lanes: Lane::ALL.into_iter().filter(wanted).collect(),
            only: None,
            commands: Vec::new(),
        }
    }

    /// The same selection, whose filters may be misspelt commands.
    pub fn or_commands(mut self, commands: &[String]) -> Self {
        self.commands = commands.to_vec();
        self
    }

    /// A selection of single verdicts, by their names as tests.
    pub fn only(names: BTreeSet<String>) -> Self {
        let has_some = |lane: &Lane| {
            let prefix = share::name(*lane, "");
            names.iter().any(|name| name.starts_with(&prefix))
        };
        Self {
            filters: Vec::new(),
            lanes: Lane::ALL.into_iter().filter(has_some).collect(),
            only: Some(names),
            commands: Vec::new(),
        }
    }

    /// Whether nothing is left out.
    pub fn is_complete(&self) -> bool {
        self.filters.is_empty() && self.only.is_none()
    }

    /// Whether an id passes the filters.
    pub fn matches(&self, id: &str) -> bool {
        self.is_complete()
            || self
                .filters
                .iter()
                .any(|filter| id.contains(filter.as_str()))
    }

    /// Refuses the corpus if what was selected of it is not in order.
    pub fn admit(&self, corpus: &Corpus) -> Result<(), InputError> {
        let problems = [corpus.problems.as_slice(), &corpus.unblessed].concat();
        self.refuse(problems, corpus, &BTreeSet::new())
    }

    /// Does the same before snapshots are rewritten, which need not be in order.
    /// A filter may also match one of the snapshots that will be deleted.
    pub fn admit_to_bless(
        &self,
        corpus: &Corpus,
        orphans: &BTreeSet<String>,
    ) -> Result<(), InputError> {
        self.refuse(corpus.problems.clone(), corpus, orphans)
    }

    /// The cases that nobody has reviewed yet: a matter of the snapshot lane, and
    /// of no other.
    pub fn unreviewed(&self, corpus: &Corpus) -> Vec<Problem> {
        let lane = Lane::Snapshot;
        if !self.lanes.contains(&lane) || corpus.target.leaves_out(lane).is_some() {
            return Vec::new();
        }
        let unreviewed = corpus.unreviewed.iter();
        let concerns = |problem: &&Problem| self.concerns(problem);
        unreviewed.filter(concerns).cloned().collect()
    }

    fn refuse(
        &self,
        mut problems: Vec<Problem>,
        corpus: &Corpus,
        others: &BTreeSet<String>,
    ) -> Result<(), InputError> {
        problems.retain(|problem| self.concerns(problem));
        if problems.is_empty() {
            problems.extend(self.unmatched(corpus, others));
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(InputError(problems))
        }
    }

    /// With filters, the faults of other cases are not in the way.
    fn concerns(&self, problem: &Problem) -> bool {
        match &problem.path {
            Some(path) if is_case_file(path) => self.matches(path.with_extension("").as_str()),
            _ => true,
        }
    }

    fn unmatched(&self, corpus: &Corpus, others: &BTreeSet<String>) -> Option<Problem> {
        let cases = || self.lanes.iter().flat_map(|lane| lane.cases(corpus));
        let undecided = || corpus.undecided.iter().map(|cell| &cell.id);
        // A driver may be without a program, and then it is no case.
        let drivers = match self.lanes.contains(&Lane::Drivers) {
            true => Lane::Drivers.ids(corpus, &Self::default()),
            false => Vec::new(),
        };
        let ids = || {
            let cases = cases().map(|case| &case.id);
            cases.chain(undecided()).chain(others).chain(&drivers)
        };
        let is_unmatched = |filter: &&String| !ids().any(|id| id.contains(filter.as_str()));
        let unmatched = self.filters.iter().find(is_unmatched)?;
        let mut what = format!("no case of the selected lanes matches `{unmatched}`");
        let commands = self.commands.iter().map(String::as_str);
        if let Some(command) = nearest(unmatched, commands) {
            what.push_str(&format!(", did you mean the command `{command}`?"));
        }
        Some(Problem::new(what, "`soundcheck list` prints every id"))
    }

    /// The lanes that have something to judge.
    pub fn lanes_of(&self, corpus: &Corpus) -> Vec<Lane> {
        let lanes = self.lanes.iter().copied();
        lanes
            .filter(|lane| !lane.ids(corpus, self).is_empty())
            .collect()
    }

    /// The cases of a lane that pass the filters.
    pub fn cases<'a>(&self, corpus: &'a Corpus, lane: Lane) -> Vec<&'a Case> {
        let cases = lane.cases(corpus).filter(|case| match &self.only {
            None => self.matches(&case.id),
            Some(names) => {
                let ids = lane.ids_of(case).into_iter();
                ids.map(|id| share::name(lane, &id))
                    .any(|name| names.contains(&name))
            }
        });
        cases.collect()
    }
}

fn is_case_file(path: &camino::Utf8Path) -> bool {
    Kind::ALL.iter().any(|kind| path.starts_with(kind.folder())) && path.components().count() > 1
}
