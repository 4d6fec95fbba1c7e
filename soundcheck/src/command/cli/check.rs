//! The arguments of `check` and `watch`.

use std::num::NonZeroUsize;
use std::time::Duration;

use clap::Args;
use clap::ValueEnum;

use crate::command::cli::lanes::lanes;
use crate::command::cli::place::Place;
use crate::command::options::CheckOptions;
use crate::ground::problem::InputError;
use crate::judge::lane::Lane;
use crate::judge::terms::Terms;
use crate::report;
use crate::report::ReportFile;

pub(super) const EXAMPLES: &str = "\
Examples:
  cargo soundcheck                                 judge everything
  cargo soundcheck guard                           judge the cases with `guard` in their id
  cargo soundcheck check --lane run --verbose      run the programs only
  cargo soundcheck check --isolated                one rustc a case, no batches
  cargo soundcheck check --no-cache                judge again what has not changed
  cargo soundcheck check --format json | tail -1   the summary as JSON
  cargo soundcheck check --report junit=junit.xml  and a report in a file
  cargo soundcheck check --toolchain nightly       judge with another compiler
  cargo soundcheck check --kernel ../build         judge the kernel crate of a tree
  cargo soundcheck check --kernel ../build nova    and its nova, over both crates
  cargo soundcheck bless ui-fail/guard             rewrite snapshots, never contracts
  cargo soundcheck list                            print every case
  cargo soundcheck watch guard                     judge again on each save
  cargo soundcheck propose Init --after Normal     add a context
  cargo soundcheck review v2.mbox --tree linux     what each patch breaks

Exit status: 0 all hold; 1 something is refuted or did not run; 2 the call or
its input is wrong.";

pub(super) const WATCH_EXAMPLES: &str = "\
Examples:
  cargo soundcheck watch                  judge everything on each save
  cargo soundcheck watch guard            judge only cases with `guard` in the id
  cargo soundcheck watch --lane verdict   judge one lane

If only cases were saved, they are judged first. Input that cannot be judged is
complained about, and the next save is waited for. Ctrl-C ends.";

/// The arguments of `check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Judge only cases with one of these texts in their id.
    #[arg(value_name = "FILTER")]
    pub filters: Vec<String>,
    /// Judge only this lane; may be repeated.
    #[arg(long, value_name = "NAME", value_parser = lanes())]
    pub lane: Vec<Lane>,
    /// How to report.
    #[arg(long, value_enum, default_value = "human")]
    pub format: report::Format,
    /// Report to a file as well, in any format; may be repeated.
    #[arg(long, value_name = "FORMAT=FILE")]
    pub report: Vec<ReportFile>,
    /// Compile every case alone, without batches.
    #[arg(long)]
    pub isolated: bool,
    /// Processes at once; by default one a core.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Run the programs under a sanitizer; judges the run lane only.
    #[arg(long, value_enum, value_name = "NAME")]
    pub sanitize: Option<Sanitizer>,
    /// Judge everything again, also what passed before and has not changed.
    #[arg(long)]
    pub no_cache: bool,
    /// The seed of the shuffled batches and of the random sample that is confirmed alone.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How long a program may run.
    #[arg(long, value_name = "SECONDS", default_value = "30")]
    pub timeout: u64,
    /// How long rustc may take for a case; a batch has more.
    #[arg(long, value_name = "SECONDS", default_value = "60")]
    pub compiler_timeout: u64,
    /// Say which cases were confirmed alone, and why.
    #[arg(long, short)]
    pub verbose: bool,
}

/// A sanitizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sanitizer {
    /// AddressSanitizer.
    Address,
}

impl Check {
    /// The reports that the call asks for.
    pub fn reports(&self) -> report::Choice {
        report::Choice {
            format: self.format,
            files: self.report.clone(),
            verbose: self.verbose,
        }
    }

    /// The options that the library takes.
    ///
    /// # Errors
    ///
    /// The kernel tree is described and not named.
    pub fn options(&self, place: &Place) -> Result<CheckOptions, InputError> {
        Ok(CheckOptions {
            root: place.root.clone(),
            target_dir: place.target_dir.clone(),
            filters: self.filters.clone(),
            commands: Vec::new(),
            lanes: self.lane.clone(),
            only: None,
            terms: Terms {
                toolchain: place.toolchain.clone(),
                isolated: self.isolated,
                jobs: self.jobs,
                address_sanitizer: self.sanitize.is_some(),
                seed: self.seed,
                timeout: Duration::from_secs(self.timeout),
                compiler_timeout: Duration::from_secs(self.compiler_timeout),
            },
            cache: !self.no_cache,
            kernel: place.kernel()?,
        })
    }
}
