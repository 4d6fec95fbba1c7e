//! The course of a review: the tree is judged before the series and after each
//! of its patches, and each step is compared with what was known before.
//!
//! Owns what is not judged again: a patch that touches nothing that a verdict
//! depends on leaves everything as it was.

use camino::Utf8Path;

use super::checker::Checker;
use super::findings;
use super::findings::Review;
use super::findings::Reviewed;
use super::items::Items;
use super::prepared::Prepared;
use super::progress::Progress;
use super::scratch;
use super::series::Patch;
use super::step::History;
use super::step::Step;
use super::surface;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;

/// The folder of the module whose items are compared.
const MODULE: &str = "rust/kernel/drm";

/// What is known after a step.
struct Course<'a> {
    prepared: &'a Prepared,
    checker: &'a dyn Checker,
    history: History,
    step: Step,
    items: Items,
}

impl Prepared {
    /// Judges the tree before the series, and after each of its patches.
    ///
    /// # Errors
    ///
    /// A step could not be judged, or the tree does not build before any patch.
    pub fn review(self, checker: &dyn Checker) -> anyhow::Result<Review> {
        let progress = Progress::new(self.series.patches.len());
        progress.step(0, "the tree before the series");
        let mut course = Course {
            step: checker.check(self.scratch.root())?,
            items: self.items()?,
            prepared: &self,
            checker,
            history: History::default(),
        };
        course.can_be_compared_with()?;
        let before = course.history.enter(&course.step);
        let mut patches = Vec::new();
        for patch in &self.series.patches {
            progress.step(patches.len() + 1, &patch.title);
            patches.push(course.next(patch)?);
        }
        let is_sound = course.step.is_sound();
        Ok(Review {
            series: self.series,
            before,
            patches,
            is_sound,
        })
    }

    fn items(&self) -> anyhow::Result<Items> {
        Items::read(self.scratch.root(), Utf8Path::new(MODULE))
    }
}

impl Course<'_> {
    /// Everything would break a tree that does not build.
    fn can_be_compared_with(&self) -> Result<(), InputError> {
        let Some(judgement) = self.step.unbuilt() else {
            return Ok(());
        };
        let got = judgement.failure.as_ref().map(|failure| &failure.got);
        let got = got.and_then(|got| got.lines().next()).unwrap_or_default();
        let what = format!("the tree does not build before the series: {got}");
        let next = "cargo soundcheck check --kernel says more";
        Err(InputError::one(Problem::new(what, next)))
    }

    fn next(&mut self, patch: &Patch) -> anyhow::Result<Reviewed> {
        let prepared = self.prepared;
        prepared.apply(patch)?;
        let is_beside = !touches(patch);
        if !is_beside {
            self.step = self.checker.check(prepared.scratch.root())?;
        }
        let account = self.history.enter(&self.step);
        let after = prepared.items()?;
        let before = std::mem::replace(&mut self.items, after);
        let after = &self.items;
        Ok(Reviewed {
            broken: findings::broken(patch, &self.step, &account),
            novelties: surface::difference(&before, after, patch, &prepared.covered),
            unread: after.unread.clone(),
            is_beside,
            is_built: self.step.unbuilt().is_none(),
            account,
        })
    }
}

/// Whether a patch touches anything that a verdict may depend on.
fn touches(patch: &Patch) -> bool {
    let is_judged = |path: &Utf8Path| {
        let mut folders = scratch::JUDGED.iter();
        folders.any(|folder| path.starts_with(folder))
    };
    patch.diff.paths().any(is_judged)
}
