//! The arguments of `mutants`.

use std::num::NonZeroUsize;

use camino::Utf8PathBuf;
use clap::Args;

use crate::command::cli::place::Place;
use crate::command::mutants;
use crate::ground::problem::InputError;

pub(super) const EXAMPLES: &str = "\
Examples:
  cargo soundcheck mutants                        judge every mutant
  cargo soundcheck mutants device.rs              those in one file
  cargo soundcheck mutants widen-impl@            those of one operator
  cargo soundcheck mutants ID --matrix --diff     everybody who notices one
  cargo soundcheck mutants --list --diff guard    print mutants, and judge nothing
  cargo soundcheck mutants --causes --record      record a cause for every case
  cargo soundcheck mutants --causes --record --case ui-fail/guard/new
                                                  and for a new one
  cargo soundcheck mutants --sample 60 --seed 1   a fixed sample
  cargo soundcheck mutants --in-diff v2.patch     those in the lines that a patch changes
  cargo soundcheck mutants --shard 1/4            the first of four parts
  cargo soundcheck mutants --kernel ../build      those of the kernel crate of a tree

Verdicts are kept: a call that was interrupted goes on where it was.

Exit status: 0 all are killed, waived or unviable; 1 one survived, or a waiver
does not hold; 2 the call or its input is wrong.";

/// The arguments of `mutants`.
#[derive(Args, Debug)]
pub struct Mutants {
    /// Judge only mutants with one of these texts in their id.
    #[arg(value_name = "FILTER")]
    pub filters: Vec<String>,
    /// Print the mutants, and judge nothing.
    #[arg(long)]
    pub list: bool,
    /// Show the diff and the end of every mutant, not only of those that survived.
    #[arg(long)]
    pub diff: bool,
    /// Find everybody who notices a mutant, not only the first.
    #[arg(long)]
    pub matrix: bool,
    /// Find the mutants under which each written case is not refused any more.
    #[arg(long, conflicts_with = "matrix")]
    pub causes: bool,
    /// Record the causes that were found.
    #[arg(long, requires = "causes")]
    pub record: bool,
    /// Let only cases look with this text in their id; may be repeated.
    #[arg(long = "case", value_name = "TEXT")]
    pub cases: Vec<String>,
    /// How to report.
    #[arg(long, value_enum, default_value = "human")]
    pub format: mutants::Format,
    /// Mutants judged at once; by default one a core.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Judge again what was judged before and has not changed.
    #[arg(long)]
    pub no_cache: bool,
    /// Judge only so many, chosen by their ids and the seed.
    #[arg(long, value_name = "N")]
    pub sample: Option<usize>,
    /// The seed of the sample.
    #[arg(long, value_name = "S", default_value = "0", requires = "sample")]
    pub seed: u64,
    /// Judge only one of N parts of equal size.
    #[arg(long, value_name = "K/N")]
    pub shard: Option<mutants::Shard>,
    /// Judge only mutants in lines that a patch changes.
    #[arg(long, value_name = "PATCH")]
    pub in_diff: Option<Utf8PathBuf>,
    /// How long a program may run.
    #[arg(long, value_name = "SECONDS", default_value = "10")]
    pub timeout: u64,
}

impl Mutants {
    /// The options that the library takes.
    ///
    /// # Errors
    ///
    /// The kernel tree is described and not named.
    pub fn options(&self, place: &Place) -> Result<mutants::Options, InputError> {
        Ok(mutants::Options {
            root: place.root.clone(),
            target_dir: place.target_dir.clone(),
            toolchain: place.toolchain.clone(),
            kernel: place.kernel()?,
            filters: self.filters.clone(),
            format: self.format,
            list: self.list,
            diff: self.diff,
            jobs: self.jobs,
            cache: !self.no_cache,
            timeout: self.timeout,
            sample: self.sample,
            seed: self.seed,
            shard: self.shard,
            in_diff: self.in_diff.clone(),
            wanted: match (self.causes, self.matrix) {
                (true, _) => mutants::Wanted::Causes,
                (false, true) => mutants::Wanted::Everybody,
                (false, false) => mutants::Wanted::First,
            },
            record: self.record,
            cases: self.cases.clone(),
        })
    }
}
