//! What can be asked of the benchmark, and what it means.

use std::num::NonZeroUsize;

use camino::Utf8PathBuf;
use clap::Parser;

use crate::runner::Kind;

const EXAMPLES: &str = "\
Examples:
  cargo bench -p soundcheck                                    everything
  cargo bench -p soundcheck -- --quick                         a first look
  cargo bench -p soundcheck -- --only ours,trybuild --growth 1000
  cargo bench -p soundcheck -- --json figures.json             also as JSON";

/// Measures runners of compile-fail tests over the same cases.
#[derive(Debug, Parser)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// How many cases all runners are compared at.
    #[arg(long, value_name = "N", default_value = "1000")]
    cases: NonZeroUsize,
    /// How often each runner runs; the middle counts.
    #[arg(long, value_name = "N", default_value = "3")]
    repeat: NonZeroUsize,
    /// Measure only these runners.
    #[arg(long, value_name = "RUNNER", value_enum, value_delimiter = ',')]
    only: Vec<Kind>,
    /// The sizes at which soundcheck is measured besides.
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        default_value = "100,300,3000,10000"
    )]
    growth: Vec<NonZeroUsize>,
    /// 100 cases, once, without growth.
    #[arg(long)]
    quick: bool,
    /// Also write the figures to this file.
    #[arg(long, value_name = "FILE")]
    json: Option<Utf8PathBuf>,
    /// Where everything is built.
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_TARGET_TMPDIR"), "/bench"))]
    dir: Utf8PathBuf,
    /// What cargo says to a benchmark.
    #[arg(long, hide = true)]
    pub bench: bool,
}

/// What is measured.
#[derive(Debug)]
pub struct Plan {
    /// The sizes at which all runners are compared.
    pub compared: Vec<usize>,
    /// The size that the targets speak about: 1,000, unless something else is asked for.
    pub cases: usize,
    /// Every size, in order.
    pub sizes: Vec<usize>,
    /// Whether the cases in the repository are a set too, as they are.
    pub committed: bool,
    /// How often.
    pub repeat: usize,
    /// The runners.
    pub kinds: Vec<Kind>,
    /// Whether runs with the cache are measured.
    pub changes: bool,
    /// The file for the figures.
    pub json: Option<Utf8PathBuf>,
    /// Where everything is built.
    pub directory: Utf8PathBuf,
}

/// All runners are also compared at this size, to show what a small suite
/// costs.
const SMALL: usize = 100;

impl Arguments {
    /// The plan that the arguments describe.
    pub fn plan(self) -> anyhow::Result<Plan> {
        let (cases, repeat) = match self.quick {
            true => (self.cases.get().min(SMALL), 1),
            false => (self.cases.get(), self.repeat.get()),
        };
        let kinds = match self.only.as_slice() {
            [] => <Kind as clap::ValueEnum>::value_variants().to_vec(),
            only => only.to_vec(),
        };
        let mut sizes = match self.quick {
            true => Vec::new(),
            false => self.growth.iter().map(|size| size.get()).collect(),
        };
        sizes.push(cases);
        sizes.sort_unstable();
        sizes.dedup();
        let is_compared = |size: &usize| *size == cases || *size == SMALL;
        Ok(Plan {
            compared: sizes.iter().copied().filter(is_compared).collect(),
            committed: !self.quick,
            changes: kinds.contains(&Kind::OursTwins),
            directory: camino::absolute_utf8(self.dir)?,
            json: self.json,
            cases,
            sizes,
            repeat,
            kinds,
        })
    }
}
