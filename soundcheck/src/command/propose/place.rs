//! Where a new context is put: among the others, and in which files.
//!
//! Owns the names of the files that are not of the API.

/// The contract that is edited.
pub const CONTRACT: &str = "contracts/api.toml";

/// The claims that it names.
pub const CLAIMS: &str = "contracts/claims.toml";

/// Where the new context is among the others.
#[derive(Clone, Debug)]
pub struct Place {
    /// What it weakens to.
    pub after: String,
    /// What weakens to it.
    pub before: Option<String>,
}
