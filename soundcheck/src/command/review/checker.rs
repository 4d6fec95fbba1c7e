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
use crate::command::check;
use crate::command::options::CheckOptions;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::event::Event;
use crate::judge::event::Judgement;
use crate::judge::event::Outcome;
use crate::judge::kind::Kind;
use crate::judge::lane::Lane;
use crate::judge::reporter::Reporter;
use crate::judge::tally::Tally;
use crate::subject::kernel::Kernel;
use crate::subject::kernel::KernelOptions;
use crate::subject::load;
use crate::subject::surface::Surface;
use crate::subject::target::AtHand;
use crate::subject::target::Target;

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
                generation: Some(kernel.manifest.name.clone()),
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
        let target = Target::open(&workspace, options.kernel.as_ref())?;
        let corpus = load::corpus(&workspace, &options.cache(&workspace), &target)?;
        let cases = corpus.cases.iter().map(|case| (case.id.as_str(), case));
        let cases: BTreeMap<&str, _> = cases.collect();
        let program = |judgement: &Judgement| {
            let id = judgement.id.split('@').next()?;
            let case = cases.get(id)?;
            let program = Program {
                text: case.text.clone(),
                is_twin: case.kind == Kind::Fail && judgement.lane == Lane::TWINS,
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
        let toolchain = Toolchain::resolve(&workspace)?;
        let target = Target::open(&workspace, Some(&self.kernel(source)))?;
        Surface::of(&AtHand {
            target: &target,
            workspace: &workspace,
            toolchain: &toolchain,
        })
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
