//! What a lane is: which cases it takes, under which ids, and how it judges.
//!
//! The lanes that the judge knows are in `lanes`; a floor above may have more.

use crate::ground::flavor::Flavor;
use crate::judge::case::Case;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::corpus::Corpus;
use crate::judge::event::Judgement;
use crate::judge::event::Outcome;
use crate::judge::lane::Lane;
use crate::judge::selection::Selection;
use crate::judge::subject::Subject;
use crate::judge::terms::Terms;

/// A lane at work: which cases it takes, and how it judges them.
pub trait LaneRunner: Sync {
    /// Its name.
    fn lane(&self) -> Lane;

    /// Whether the lane judges a case.
    fn judges(&self, case: &Case) -> bool;

    /// Whether the lane needs the stub to be built.
    fn needs_stub(&self) -> bool {
        true
    }

    /// Whether the lane links programs, and does not only compile them.
    fn links(&self) -> bool {
        self.needs_stub()
    }

    /// The ids under which the lane judges a case.
    fn ids_of(&self, case: &Case) -> Vec<String> {
        vec![case.id.clone()]
    }

    /// The ids that the lane must judge.
    fn ids(&self, corpus: &Corpus, _subject: &Subject, selection: &Selection) -> Vec<String> {
        let cases = self.cases(corpus, selection).into_iter();
        cases.flat_map(|case| self.ids_of(case)).collect()
    }

    /// The builds that the verdicts of the lane depend on.
    fn flavors(&self, _terms: &Terms) -> Vec<Flavor> {
        vec![Flavor::Debug]
    }

    /// Whether all that a verdict depends on is known, so that a pass can be
    /// kept for later runs.
    fn can_reuse(&self) -> bool {
        true
    }

    /// Why the lane has nothing to judge, if it knows.
    fn left_out(&self, _corpus: &Corpus) -> Option<String> {
        None
    }

    /// Judges all cases of a task.
    ///
    /// # Errors
    ///
    /// Nothing could be judged.
    fn run(&self, task: &Task<'_>) -> anyhow::Result<LaneReport>;

    /// The first case of a task, in its order, that does not hold. That none was
    /// found is no verdict: the lane may look less closely than it judges.
    ///
    /// # Errors
    ///
    /// Nothing could be judged.
    fn hunt(&self, task: &Task<'_>) -> anyhow::Result<Option<Judgement>> {
        let judgements = self.run(task)?.judgements.into_iter();
        let mut failed = judgements.filter(|judgement| judgement.outcome() == Outcome::Fail);
        Ok(failed.next())
    }

    /// All cases of a task that have ceased to show what they show. A lane may
    /// look less closely than it judges.
    ///
    /// # Errors
    ///
    /// Nothing could be judged.
    fn notice(&self, task: &Task<'_>) -> anyhow::Result<Vec<Judgement>> {
        let judgements = self.run(task)?.judgements.into_iter();
        let failed = judgements.filter(|judgement| judgement.outcome() == Outcome::Fail);
        Ok(failed.collect())
    }

    /// The cases of the lane that speak about what is judged and were selected.
    fn cases<'a>(&self, corpus: &'a Corpus, selection: &Selection) -> Vec<&'a Case> {
        let mine = corpus.spoken().filter(|case| self.judges(case));
        let is_wanted = |case: &&Case| match &selection.only {
            None => selection.matches(&case.id),
            Some(names) => {
                let mut ids = self.ids_of(case).into_iter();
                ids.any(|id| names.contains(&self.lane().test(&id)))
            }
        };
        mine.filter(is_wanted).collect()
    }
}
