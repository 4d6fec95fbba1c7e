//! The programs that a contract expands to, with their ids.
//!
//! Owns nothing but the pairs: `cell` says which there are, and `source` writes
//! their texts.

use rayon::prelude::*;

use crate::matrix::cell::Cell;
use crate::matrix::gap::Gap;
use crate::matrix::schema::Contract;
use crate::matrix::source;
use crate::problem::Problem;

/// A program of the matrix.
#[derive(Clone, Debug)]
pub struct Program {
    /// The id of its case.
    pub id: String,
    /// Whether it must compile.
    pub is_allowed: bool,
    /// Its text.
    pub text: String,
}

impl Program {
    /// Writes the program of a cell.
    ///
    /// # Errors
    ///
    /// The contract says too little about it.
    pub fn of(contract: &Contract, cell: &Cell<'_>) -> Result<Self, Gap> {
        Ok(Self {
            id: cell.id(),
            is_allowed: cell.is_allowed(),
            text: source::text(contract, cell)?,
        })
    }
}

/// Expands a contract into programs that speak about a generation.
///
/// # Errors
///
/// A cell that the contract says too little about.
pub fn programs(contract: &Contract) -> Result<Vec<Program>, Problem> {
    let cells = contract.cells()?;
    let programs = cells.par_iter().map(|cell| Program::of(contract, cell));
    Ok(programs.collect::<Result<_, Gap>>()?)
}
