//! The arguments of `review`.

use std::num::NonZeroUsize;

use camino::Utf8PathBuf;
use clap::Args;

use crate::command::cli::lanes::lanes;
use crate::command::cli::place::Place;
use crate::command::options::CheckOptions;
use crate::command::review;
use crate::ground::problem::InputError;
use crate::judge::lane::Lane;
use crate::judge::terms::Terms;

pub(super) const EXAMPLES: &str = "\
Examples:
  b4 am -o - MESSAGE-ID | cargo soundcheck review - --tree linux
  cargo soundcheck review v2.mbox --tree linux
  cargo soundcheck review v2.mbox --tree linux --kernel linux-build
  cargo soundcheck review drm-next..topic --tree linux > reply.txt

Each patch is applied to a copy, and everything is judged again: before the
series, and after each patch. The tree itself is only read.

Exit status: 0 no patch broke what held before it, and nothing is refuted at
the end; 1 otherwise, also if a later patch mends it: somebody may bisect;
2 the call or its input is wrong.";

/// The arguments of `review`.
#[derive(Args, Debug)]
pub struct Review {
    /// A mailbox, a patch, `-` for standard input, or a range A..B of the tree.
    #[arg(value_name = "SERIES")]
    pub series: String,
    /// The source tree that the series is for, or a build directory of it.
    #[arg(long, value_name = "DIR")]
    pub tree: Utf8PathBuf,
    /// Judge only this lane; may be repeated.
    #[arg(long, value_name = "NAME", value_parser = lanes())]
    pub lane: Vec<Lane>,
    /// Processes at once; by default one a core.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Judge everything again, also what passed before and has not changed.
    #[arg(long)]
    pub no_cache: bool,
}

impl Review {
    /// The options that the library takes.
    ///
    /// # Errors
    ///
    /// The tree is described twice, by options of `review` and by others.
    pub fn options(&self, place: &Place) -> Result<review::Options, InputError> {
        place.without_description("review")?;
        Ok(review::Options {
            series: self.series.clone(),
            tree: self.tree.clone(),
            objtree: place.kernel.clone(),
            check: CheckOptions {
                root: place.root.clone(),
                target_dir: place.target_dir.clone(),
                lanes: self.lane.clone(),
                terms: Terms {
                    toolchain: place.toolchain.clone(),
                    jobs: self.jobs,
                    ..Terms::default()
                },
                cache: !self.no_cache,
                ..CheckOptions::default()
            },
        })
    }
}
