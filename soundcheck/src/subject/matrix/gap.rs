//! What a contract without mistakes may still say too little about.
//!
//! Owns the sentences. Gaps are found where a cell is expanded or written.

use crate::ground::problem::Problem;
use crate::subject::matrix::sources::Sources;

/// Something that a cell lacks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Gap {
    /// The error of a forbidden cell.
    #[error("{0} has no expected error")]
    Error(String),
    /// The twin of a forbidden cell.
    #[error("{0} has no twin")]
    Twin(String),
    /// A way to run an allowed cell, or a reason why there is none.
    #[error("{0} neither runs nor has a reason not to")]
    Execution(String),
    /// The line of an expected error.
    #[error("route `{route}` marks no line as `{at}`")]
    Mark {
        /// The route of the cell.
        route: String,
        /// The mark that the error asks for.
        at: String,
    },
}

impl Gap {
    /// The gap as a problem of the contract.
    pub fn problem(&self, sources: &Sources) -> Problem {
        let next = "add what is missing to the operation, its route or its state";
        Problem::new(self.to_string(), next).in_file(sources.own())
    }
}
