//! Who judges a step of a series.
//!
//! Owns how a run of `check` becomes a step: every verdict, and the programs of
//! those that do not hold.

use std::collections::BTreeMap;
use std::sync::mpsc;
use std::sync::mpsc::Sender;

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

    fn workspace(&self) -> anyhow::Result<Workspace> {
        let (root, target) = (&self.options.root, &self.options.target_dir);
        Workspace::open(root.as_deref(), target.as_deref())
    }

    /// The programs of the verdicts that do not hold.
    fn programs(
        &self,
        options: &CheckOptions,
        judgements: &[Judgement],
    ) -> anyhow::Result<BTreeMap<Key, Program>> {
        let failed = judgements.iter();
        let mut failed = failed
            .filter(|known| known.outcome() == Outcome::Fail)
            .peekable();
        if failed.peek().is_none() {
            return Ok(BTreeMap::new());
        }
        let workspace = self.workspace()?;
        let target = Target::of(&workspace, options.kernel.as_ref())?;
        let corpus = Corpus::load(&workspace, &options.cache(&workspace), target)?;
        let cases = corpus.cases.iter().map(|case| (case.id.as_str(), case));
        let cases: BTreeMap<&str, _> = cases.collect();
        let program = |judgement: &Judgement| {
            let id = judgement.id.split('@').next()?;
            let case = cases.get(id)?;
            let program = Program {
                text: case.text.clone(),
                is_twin: case.kind == Kind::Fail && judgement.lane == Lane::Twins,
            };
            Some((key(judgement), program))
        };
        Ok(failed.filter_map(program).collect())
    }
}

impl Checker for Judge {
    fn check(&self, source: &Utf8Path) -> anyhow::Result<Step> {
        let options = CheckOptions {
            kernel: Some(self.kernel(source)),
            ..self.options.clone()
        };
        let (sender, judgements) = mpsc::channel();
        let tally = Tally::new("review");
        let summary = check::check(&options, &mut [Box::new(Verdicts { sender, tally })])?;
        let judgements: Vec<Judgement> = judgements.try_iter().collect();
        Ok(Step {
            programs: self.programs(&options, &judgements)?,
            judgements,
            problems: summary.problems,
        })
    }

    fn surface(&self, source: &Utf8Path) -> anyhow::Result<Surface> {
        let workspace = self.workspace()?;
        let kernel = Kernel::open(&workspace, &self.kernel(source))?;
        Surface::of_kernel(&workspace, &kernel)
    }
}

/// Passes verdicts on as they come.
struct Verdicts {
    sender: Sender<Judgement>,
    tally: Tally,
}

impl Reporter for Verdicts {
    fn event(&mut self, event: &Event) {
        if let Event::Case(judgement) = event {
            // Whoever asked for them waits until the run is over.
            let _ = self.sender.send(judgement.clone());
            self.tally.enter(1, Ok(()));
        }
    }

    fn tally(&self) -> &Tally {
        &self.tally
    }
}
