//! What a reporter has written so far, for the ledger.
//!
//! A verdict counts once it is in the report. A write that fails is kept with
//! its reason, so that a report that is not whole makes the run red.

use std::io;

/// The books of one report.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The name of the report's format.
    pub name: &'static str,
    /// How many verdicts are in the report.
    pub reported: usize,
    /// Why something could not be written, if that happened.
    pub failure: Option<String>,
}

impl Tally {
    /// The books of a report in which nothing is written yet.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            reported: 0,
            failure: None,
        }
    }

    /// Enters the outcome of a write that had a number of verdicts in it. Of
    /// several failures the first is kept: the others follow from it.
    pub fn enter(&mut self, verdicts: usize, written: io::Result<()>) {
        match written {
            Ok(()) => self.reported += verdicts,
            Err(error) => {
                self.failure.get_or_insert_with(|| error.to_string());
            }
        }
    }
}
