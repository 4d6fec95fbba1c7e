//! The runs: every runner over its sets, in turns.
//!
//! One round has each runner once, so that a machine that gets slower gets
//! slower for all of them.

use std::collections::BTreeSet;

use camino::Utf8Path;
use indicatif::ProgressBar;
use indicatif::ProgressStyle;

use crate::arguments::Plan;
use crate::cases::Pool;
use crate::cost::Samples;
use crate::ours;
use crate::rivals;
use crate::runner::Kind;
use crate::runner::Runner;
use crate::tools::Tools;
use crate::tree::Tree;

/// All that is ready to run.
pub struct Contest<'a> {
    /// The programs.
    pub pool: Pool,
    /// The tree that is judged.
    pub tree: Tree,
    /// The compiler.
    pub tools: &'a Tools,
    /// The line on the terminal.
    pub bar: ProgressBar,
    /// Every size.
    sizes: Vec<usize>,
    /// The sizes at which all runners are compared.
    pub compared: Vec<usize>,
    plan: &'a Plan,
}

/// What a runner cost at a size.
pub struct Measured {
    /// The runner.
    pub kind: Kind,
    /// The size.
    pub cases: usize,
    /// The runs.
    pub samples: Samples,
}

impl<'a> Contest<'a> {
    /// Copies the tree and writes the sets.
    pub fn prepare(plan: &'a Plan, source: &Utf8Path, tools: &'a Tools) -> anyhow::Result<Self> {
        let bar = bar();
        bar.set_message("collecting cases");
        let pool = Pool::of(source, &plan.directory, tools)?;
        let tree = Tree::fresh(source, &plan.directory)?;
        let committed = plan.committed.then(|| pool.committed());
        let with = |sizes: &[usize]| sizes.iter().copied().chain(committed).collect();
        let (sizes, compared): (Vec<usize>, Vec<usize>) = (with(&plan.sizes), with(&plan.compared));
        for size in &sizes {
            tree.add(&pool, *size)?;
        }
        Ok(Self {
            pool,
            tree,
            tools,
            bar,
            sizes,
            compared,
            plan,
        })
    }

    /// Runs everything. What is built on the way to the first run is not
    /// counted. A runner that fails is left out from then on, and said.
    pub fn run(&self) -> anyhow::Result<(Vec<Measured>, Vec<anyhow::Error>)> {
        let runners = self.runners()?;
        self.warm(&runners)?;
        let mut measured: Vec<Measured> = runners
            .iter()
            .map(|runner| Measured {
                kind: runner.kind,
                cases: runner.cases,
                samples: Samples::default(),
            })
            .collect();
        let mut failed = BTreeSet::new();
        let mut errors = Vec::new();
        for round in 1..=self.plan.repeat {
            for (runner, measured) in runners.iter().zip(&mut measured) {
                let (name, cases) = (runner.kind.name(), runner.cases);
                self.say(format!(
                    "round {round} of {}: {name}, {cases} cases",
                    self.plan.repeat
                ));
                if failed.contains(&(runner.kind, cases)) {
                    continue;
                }
                match runner.run() {
                    Ok(cost) => measured.samples.push(cost),
                    Err(error) => {
                        failed.insert((runner.kind, cases));
                        errors.push(error);
                    }
                }
            }
        }
        measured.retain(|measured| !failed.contains(&(measured.kind, measured.cases)));
        Ok((measured, errors))
    }

    /// Says what is being done.
    pub fn say(&self, what: String) {
        self.bar.set_message(what);
    }

    fn runners(&self) -> anyhow::Result<Vec<Runner<'_>>> {
        let mut runners = Vec::new();
        for kind in self.plan.kinds.iter().copied() {
            self.say(format!("building for {}", kind.name()));
            let sizes = match kind.grows() {
                true => &self.sizes,
                false => &self.compared,
            };
            match kind {
                Kind::Trybuild | Kind::UiTest => {
                    let parts = (&self.tree, &self.pool);
                    let directory = &self.plan.directory;
                    runners.extend(rivals::runners(kind, directory, parts, self.tools, sizes)?);
                }
                _ => runners.extend(
                    sizes
                        .iter()
                        .map(|size| ours::runner(kind, &self.tree, self.tools, *size)),
                ),
            }
        }
        // Neighbours in a round are of one size, so that they meet the same machine.
        runners.sort_by_key(|runner| (runner.cases, runner.kind));
        Ok(runners)
    }

    /// The crates below the cases are built by the first run of each kind.
    fn warm(&self, runners: &[Runner<'_>]) -> anyhow::Result<()> {
        let mut warmed = BTreeSet::new();
        for runner in runners.iter().filter(|runner| runner.kind.is_ours()) {
            if runner.kind != Kind::Isolated && warmed.insert(runner.kind) {
                self.say(format!("building for {}", runner.kind.name()));
                runner.run()?;
            }
        }
        Ok(())
    }
}

impl Drop for Contest<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Draws on a terminal only, by itself.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("{elapsed_precise} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    bar.set_style(style);
    bar.enable_steady_tick(std::time::Duration::from_secs(1));
    bar
}
