//! Who judges a step of a series.
//!
//! Owns how a run of `check` becomes a step: every verdict, and the programs of
//! those that do not hold.

use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;

use camino::Utf8Path;

use super::step::key;
use super::step::Key;
use super::step::Program;
use super::step::Step;
use crate::case::Kind;
use crate::check;
use crate::corpus::Corpus;
use crate::event::Event;
use crate::event::Judgement;
use crate::event::Outcome;
use crate::kernel::Kernel;
use crate::lane::Lane;
use crate::options::CheckOptions;
use crate::options::KernelOptions;
use crate::report::Reporter;
use crate::report::Tally;
use crate::surface::Surface;
use crate::target::Target;
use crate::workspace::Workspace;

/// Judges the source tree of a kernel.
pub trait Checker {
    /// Judges a tree as it is now.
    ///
    /// # Errors
    ///
    /// Nothing could be judged.
    fn check(&self, source: &Utf8Path) -> anyhow::Result<Step>;

    /// The public items of a tree as it is now.
    ///
    /// # Errors
    ///
    /// They cannot be known.
    fn surface(&self, source: &Utf8Path) -> anyhow::Result<Surface>;
}

/// Judges with `check`: always as the generation that the tree has before the
/// series, with its bindings.
pub struct Judge {
    options: CheckOptions,
    kernel: KernelOptions,
}

impl Judge {
    /// A judge as the options say, for a kernel.
    pub fn new(options: &CheckOptions, kernel: &Kernel) -> Self {
        Self {
            options: options.clone(),
            kernel: KernelOptions {
                objtree: kernel.tree.objtree().to_owned(),
                source: None,
                generation: Some(kernel.generation.name.clone()),
            },
        }
    }

    fn kernel(&self, source: &Utf8Path) -> KernelOptions {
        KernelOptions {
            source: Some(source.to_owned()),
            ..self.kernel.clone()
        }
    }
}

impl Checker for Judge {
    fn check(&self, source: &Utf8Path) -> anyhow::Result<Step> {
        judged(&CheckOptions {
            kernel: Some(self.kernel(source)),
            ..self.options.clone()
        })
    }

    fn surface(&self, source: &Utf8Path) -> anyhow::Result<Surface> {
        let (root, target) = (&self.options.root, &self.options.target_dir);
        let workspace = Workspace::open(root.as_deref(), target.as_deref())?;
        let kernel = Kernel::open(&workspace, &self.kernel(source))?;
        Surface::of_kernel(&workspace, &kernel)
    }
}

/// Runs `check`, and takes down every verdict.
///
/// # Errors
///
/// Nothing could be judged.
pub fn judged(options: &CheckOptions) -> anyhow::Result<Step> {
    let verdicts = Verdicts::default();
    let summary = check::check(options, &mut [Box::new(verdicts.clone())])?;
    let judgements = verdicts.take();
    Ok(Step {
        programs: programs(options, &judgements)?,
        judgements,
        problems: summary.problems,
    })
}

/// The programs of the verdicts that do not hold.
fn programs(
    options: &CheckOptions,
    judgements: &[Judgement],
) -> anyhow::Result<BTreeMap<Key, Program>> {
    let failed = judgements.iter();
    let failed = failed.filter(|judgement| judgement.outcome() == Outcome::Fail);
    let failed: Vec<&Judgement> = failed.collect();
    if failed.is_empty() {
        return Ok(BTreeMap::new());
    }
    let workspace = Workspace::open(options.root.as_deref(), options.target_dir.as_deref())?;
    let target = Target::of(&workspace, options.kernel.as_ref())?;
    let corpus = Corpus::load(&workspace, &options.cache(&workspace), target)?;
    let cases = corpus.cases.iter().map(|case| (case.id.as_str(), case));
    let cases: BTreeMap<&str, _> = cases.collect();
    let program = |judgement: &&Judgement| {
        let (id, _) = judgement.id.split_once('@').unwrap_or((&judgement.id, ""));
        let case = cases.get(id)?;
        let program = Program {
            text: case.text.clone(),
            is_twin: case.kind == Kind::Fail && judgement.lane == Lane::Twins,
        };
        Some((key(judgement), program))
    };
    Ok(failed.iter().filter_map(program).collect())
}

/// Takes down verdicts as they come.
#[derive(Clone)]
struct Verdicts {
    judged: Arc<Mutex<Vec<Judgement>>>,
    tally: Tally,
}

impl Default for Verdicts {
    fn default() -> Self {
        Self {
            judged: Arc::default(),
            tally: Tally::new("review"),
        }
    }
}

impl Verdicts {
    fn lock(&self) -> MutexGuard<'_, Vec<Judgement>> {
        let judged = self.judged.lock();
        judged.unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn take(&self) -> Vec<Judgement> {
        mem::take(&mut self.lock())
    }
}

impl Reporter for Verdicts {
    fn event(&mut self, event: &Event) {
        if let Event::Case(judgement) = event {
            self.lock().push(judgement.clone());
            self.tally.enter(1, Ok(()));
        }
    }

    fn tally(&self) -> &Tally {
        &self.tally
    }
}
