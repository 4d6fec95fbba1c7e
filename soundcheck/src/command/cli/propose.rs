//! The arguments of `propose`.

use clap::Args;

use crate::command::cli::place::Place;
use crate::command::propose;
use crate::ground::problem::InputError;

pub(super) const EXAMPLES: &str = "\
Examples:
  cargo soundcheck propose Init --after Normal --dry-run
  cargo soundcheck propose Init --after Normal
  cargo soundcheck propose Init --after Normal --before Registered

The first prints the edits; the second adds a context that weakens to `Normal`,
the third one to which `Registered` weakens as well.

It writes three files, and the run is red until every operation is decided;
docs/new-context.md walks through it. Exit status: 0 written; 2 refused, and
nothing was written.";

/// The arguments of `propose`.
#[derive(Args, Debug)]
pub struct Propose {
    /// The name of the new context, in CamelCase.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The context that it weakens to: what that allows, it allows.
    #[arg(long, value_name = "CTX")]
    pub after: String,
    /// The context that weakens to it, instead of to the one after which it comes.
    #[arg(long, value_name = "CTX")]
    pub before: Option<String>,
    /// Print the edits and make none.
    #[arg(long)]
    pub dry_run: bool,
}

impl Propose {
    /// The options that the library takes.
    ///
    /// # Errors
    ///
    /// A kernel tree or a toolchain is named: only the API here is edited, and
    /// nothing is compiled.
    pub fn options(&self, place: &Place) -> Result<propose::Options, InputError> {
        place.without_kernel("propose")?;
        place.without_toolchain("propose")?;
        Ok(propose::Options {
            root: place.root.clone(),
            name: self.name.clone(),
            after: self.after.clone(),
            before: self.before.clone(),
            dry_run: self.dry_run,
        })
    }
}
