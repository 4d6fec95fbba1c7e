//! The arguments of `bless`.

use std::num::NonZeroUsize;

use clap::Args;

use crate::command::bless;
use crate::command::cli::place::Place;
use crate::ground::problem::InputError;

pub(super) const EXAMPLES: &str = "\
Examples:
  cargo soundcheck bless guard_send                rewrite the snapshots of a case
  cargo soundcheck bless ui-fail/guard/            rewrite those of a folder
  cargo soundcheck bless --toolchain nightly       take over what nightly says
  cargo soundcheck bless --toolchain /usr/bin/rustc guard_send

A case whose contract is not met is refused. Contracts are never rewritten.

Exit status: 0 all was blessed; 1 something was refused; 2 the call or its input
is wrong.";

/// The arguments of `bless`.
#[derive(Args, Debug)]
pub struct Bless {
    /// Rewrite only the snapshots of cases with one of these texts in their id.
    #[arg(value_name = "FILTER")]
    pub filters: Vec<String>,
    /// Processes at once; by default one a core.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

impl Bless {
    /// The options that the library takes.
    ///
    /// # Errors
    ///
    /// A kernel tree is named, which has no snapshots.
    pub fn options(&self, place: &Place) -> Result<bless::Options, InputError> {
        place.without_kernel("bless")?;
        Ok(bless::Options {
            root: place.root.clone(),
            target_dir: place.target_dir.clone(),
            toolchain: place.toolchain.clone(),
            filters: self.filters.clone(),
            jobs: self.jobs,
        })
    }
}
