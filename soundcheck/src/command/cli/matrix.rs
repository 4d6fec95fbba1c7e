//! The arguments of `matrix`.

use camino::Utf8PathBuf;
use clap::Args;

use crate::command::cli::place::Place;
use crate::command::matrix;
use crate::ground::problem::InputError;

/// The arguments of `matrix`.
#[derive(Args, Debug)]
pub struct Matrix {
    /// Print only cells with one of these texts in their id.
    #[arg(value_name = "FILTER")]
    pub filters: Vec<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "human")]
    pub format: matrix::Format,
    /// Write the programs of the cells as files of their own.
    #[arg(long, value_name = "DIR")]
    pub emit: Option<Utf8PathBuf>,
    /// Rewrite the cases under ui-fail/matrix.
    #[arg(long, conflicts_with = "emit")]
    pub update: bool,
}

impl Matrix {
    /// The options that the library takes.
    ///
    /// # Errors
    ///
    /// A toolchain is named, which decides nothing about a contract.
    pub fn options(&self, place: &Place) -> Result<matrix::Options, InputError> {
        place.without_toolchain("matrix")?;
        Ok(matrix::Options {
            root: place.root.clone(),
            target_dir: place.target_dir.clone(),
            filters: self.filters.clone(),
            format: self.format,
            emit: self.emit.clone(),
            kernel: place.kernel()?,
            update: self.update,
        })
    }
}
