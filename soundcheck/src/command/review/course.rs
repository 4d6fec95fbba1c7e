//! The course of a review: the tree is judged before the series and after each
//! of its patches, and each step is compared with what was known before.
//!
//! Owns what is not done again: a patch that touches nothing that a verdict
//! depends on leaves everything as it was, and one that touches no source of the
//! kernel crate leaves its public items.

use anyhow::Context as _;
use camino::Utf8Path;

use super::checker::Checker;
use super::error::Error;
use super::findings;
use super::findings::Review;
use super::findings::Reviewed;
use super::novelty;
use super::novelty::Novelty;
use super::patch::Patch;
use super::prepared::Prepared;
use super::progress::Progress;
use super::scratch;
use super::step::History;
use super::step::Step;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::subject::surface::Surface;

/// The folder of the crate whose items are compared.
const CRATE: &str = "rust/kernel";

/// What is known after a step.
struct Course<'a> {
    prepared: &'a Prepared,
    checker: &'a dyn Checker,
    history: History,
    step: Step,
    /// The public items after the last step that built, once they are needed.
    surface: Option<Surface>,
}

impl Prepared {
    /// Judges the tree before the series, and after each of its patches.
    ///
    /// # Errors
    ///
    /// A step could not be judged, or the tree does not build before any patch.
    pub fn review(self, checker: &dyn Checker) -> Result<Review, Error> {
        let progress = Progress::new(self.series.patches.len());
        progress.step(0, "the tree before the series");
        let mut course = Course {
            step: checker.check(self.scratch.root())?,
            surface: None,
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

    fn next(&mut self, patch: &Patch) -> Result<Reviewed, Error> {
        let has_items = patch.paths().iter().any(|path| is_source(path));
        if has_items && self.surface.is_none() {
            // Why they are not known is said after the patch.
            self.surface = self.checker.surface(self.root()).ok();
        }
        self.prepared.scratch.go_to(patch.number)?;
        let is_beside = !patch.paths().iter().any(|path| is_judged(path));
        if !is_beside {
            self.step = self.checker.check(self.root())?;
        }
        let is_built = self.step.unbuilt().is_none();
        let account = self.history.enter(&self.step);
        let novelties = match has_items && is_built {
            true => self.novelties(patch),
            false => Ok(Vec::new()),
        };
        let unknown = novelties.as_ref().err().map(|error| error.to_string());
        let novelties = novelties.unwrap_or_default();
        Ok(Reviewed {
            broken: findings::broken(patch, &self.step, &account, &novelties),
            novelties,
            unknown,
            is_beside,
            is_built,
            account,
        })
    }

    fn novelties(&mut self, patch: &Patch) -> anyhow::Result<Vec<Novelty>> {
        let after = self.checker.surface(self.root())?;
        let covered = &self.prepared.covered;
        let before = self.surface.as_ref().context("they were not known before");
        let novelties =
            before.map(|before| novelty::difference(before, &after, &patch.hunks, covered));
        self.surface = Some(after);
        novelties
    }

    fn root(&self) -> &Utf8Path {
        self.prepared.scratch.root()
    }
}

/// Whether a file may declare a public item.
fn is_source(path: &Utf8Path) -> bool {
    path.starts_with(CRATE) && path.extension() == Some("rs")
}

/// Whether a verdict may depend on a file.
fn is_judged(path: &Utf8Path) -> bool {
    let mut folders = scratch::JUDGED.iter();
    folders.any(|folder| path.starts_with(folder))
}
