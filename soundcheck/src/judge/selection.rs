//! Which cases and lanes a call asks for.
//!
//! Owns the filters and the rule that nothing may be selected silently: a
//! filter that matches nothing is an error.

use std::collections::BTreeSet;

use crate::ground::problem::nearest;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::judge::corpus::Corpus;
use crate::judge::lane::Lane;

/// The filters and lanes of a call.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Substrings of ids; empty means everything.
    pub filters: Vec<String>,
    /// Names of verdicts as tests, if nothing else is wanted.
    pub only: Option<BTreeSet<String>>,
    /// Commands, of which a filter may be a misspelt one.
    commands: Vec<String>,
}

impl Selection {
    /// A selection by texts, or of everything if there are none.
    pub fn new(filters: &[String]) -> Self {
        Self {
            filters: filters.to_vec(),
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
        Self {
            filters: Vec::new(),
            only: Some(names),
            commands: Vec::new(),
        }
    }

    /// Whether one of the verdicts that are wanted may be of a lane.
    pub fn wants(&self, lane: Lane) -> bool {
        let prefix = lane.test("");
        let wanted = |names: &BTreeSet<String>| names.iter().any(|name| name.starts_with(&prefix));
        self.only.as_ref().is_none_or(wanted)
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

    /// Refuses the corpus if what was selected of it is not in order. `ids` are
    /// those that may be selected.
    ///
    /// # Errors
    ///
    /// Something is wrong with what was selected, or a filter matches nothing.
    pub fn admit(&self, corpus: &Corpus, ids: impl Fn() -> Vec<String>) -> Result<(), InputError> {
        let problems = [corpus.problems.as_slice(), &corpus.unblessed].concat();
        self.refuse(problems, corpus, ids)
    }

    /// Does the same before snapshots are rewritten, which need not be in order.
    ///
    /// # Errors
    ///
    /// Something else is wrong, or a filter matches nothing.
    pub fn admit_to_bless(
        &self,
        corpus: &Corpus,
        ids: impl Fn() -> Vec<String>,
    ) -> Result<(), InputError> {
        self.refuse(corpus.problems.clone(), corpus, ids)
    }

    /// The cases that nobody has reviewed yet: a matter of the snapshot lane, and
    /// of no other.
    pub fn unreviewed(&self, corpus: &Corpus) -> Vec<Problem> {
        let unreviewed = corpus.unreviewed.iter();
        let concerns = |problem: &&Problem| self.concerns(corpus, problem);
        unreviewed.filter(concerns).cloned().collect()
    }

    fn refuse(
        &self,
        mut problems: Vec<Problem>,
        corpus: &Corpus,
        ids: impl Fn() -> Vec<String>,
    ) -> Result<(), InputError> {
        problems.retain(|problem| self.concerns(corpus, problem));
        if problems.is_empty() && !self.filters.is_empty() {
            problems.extend(self.unmatched(corpus, &ids()));
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(InputError(problems))
        }
    }

    /// With filters, the faults of other cases are not in the way.
    fn concerns(&self, corpus: &Corpus, problem: &Problem) -> bool {
        match &problem.path {
            Some(path) if corpus.places.is_case(path) => {
                self.matches(path.with_extension("").as_str())
            }
            _ => true,
        }
    }

    fn unmatched(&self, corpus: &Corpus, ids: &[String]) -> Option<Problem> {
        let undecided = || corpus.undecided.iter().map(|cell| &cell.id);
        let is_unmatched = |filter: &&String| {
            let mut all = ids.iter().chain(undecided());
            !all.any(|id| id.contains(filter.as_str()))
        };
        let unmatched = self.filters.iter().find(is_unmatched)?;
        let mut what = format!("no case of the selected lanes matches `{unmatched}`");
        let commands = self.commands.iter().map(String::as_str);
        if let Some(command) = nearest(unmatched, commands) {
            what.push_str(&format!(", did you mean the command `{command}`?"));
        }
        Some(Problem::new(what, "`soundcheck list` prints every id"))
    }
}
