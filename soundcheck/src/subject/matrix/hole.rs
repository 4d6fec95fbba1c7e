//! The `[[known-hole]]` tables of a contract.
//!
//! Owns their format. What they name is compared with the cases in `holes`.

use serde::Deserialize;

use crate::judge::corpus::KnownHole;
use crate::subject::matrix::name::Name;

/// A hole that is recorded in a contract.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hole {
    /// The id of the smallest program that shows it.
    pub program: Name,
    /// The ids of cases and programs whose claims do not hold because of it.
    #[serde(default)]
    pub excuses: Vec<Name>,
}

impl Hole {
    /// The same without its place in the file.
    pub fn known(&self) -> KnownHole {
        KnownHole {
            program: self.program.to_string(),
            excuses: self.excuses.iter().map(Name::to_string).collect(),
        }
    }
}
