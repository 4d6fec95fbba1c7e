//! The arguments of `list`.

use clap::Args;

use crate::command::list;

/// The arguments of `list`.
#[derive(Args, Debug)]
pub struct List {
    /// Print only cases with one of these texts in their id.
    #[arg(value_name = "FILTER")]
    pub filters: Vec<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "human")]
    pub format: list::Format,
}
