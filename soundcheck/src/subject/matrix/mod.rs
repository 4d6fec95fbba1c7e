//! The matrix: operation x state x route, expanded from `contracts/api.toml`
//! into cases.
//!
//! Owns where the contract is, and what it expands to. The lanes judge the
//! programs like cases that people wrote.

mod cases;
mod cell;
mod check;
mod committed;
mod extension;
mod hole;
mod live;
pub mod schema;
mod source;
mod sources;
mod template;
mod undecided;

use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;

pub use cases::cases;
pub use cell::Cell;
pub use cell::Permission;
pub use cell::Verdict;
pub use check::Fault;
pub use committed::committed;
pub use committed::format;
pub use committed::stale;
pub use committed::update;
pub use committed::FOLDER;
pub use hole::mistakes;
pub use hole::Hole;
pub use live::Execution;
pub use schema::Contract;
pub use sources::Sources;
pub use undecided::invariants;

use extension::Extension;

use crate::ground::problem::Problem;
use crate::judge::claim::Claims;

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

/// Reads a contract below a root, if there is one.
///
/// # Errors
///
/// Every mistake in the file, with its line.
pub fn load(
    root: &Utf8Path,
    path: &Utf8Path,
    claims: &Claims,
) -> Result<Option<Contract>, Vec<Problem>> {
    if !root.join(path).exists() {
        return match root.join(committed::FOLDER).exists() {
            true => Err(vec![missing(path)]),
            false => Ok(None),
        };
    }
    let mut sources = Sources::default();
    let contract = read(root, path, &mut sources)?;
    schema::check(contract, sources, claims).map(Some)
}

/// Reads a contract, and before it the one that it extends.
fn read(root: &Utf8Path, path: &Utf8Path, sources: &mut Sources) -> Result<Contract, Vec<Problem>> {
    let text = fs::read_to_string(root.join(path)).map_err(|error| {
        let what = format!("cannot be read: {error}");
        vec![Problem::new(what, "make it a UTF-8 text file").in_file(path)]
    })?;
    // A file with a mistake has no beginning, and is complained about below.
    let head: Head = toml::from_str(&text).unwrap_or_default();
    let Some(extends) = head.extends else {
        return schema::read(path, &text, sources);
    };
    let base = read(root, &extends, sources)?;
    let extension: Extension = schema::read(path, &text, sources)?;
    let extended = extension.apply(base);
    extended.map_err(|faults| faults.iter().map(|fault| sources.problem(fault)).collect())
}

/// The beginning of a contract.
#[derive(Default, Deserialize)]
struct Head {
    extends: Option<Utf8PathBuf>,
}

/// Without the contract the matrix would be lost silently.
fn missing(path: &Utf8Path) -> Problem {
    let what = format!("is missing, but there is {}", committed::FOLDER);
    Problem::new(what, "restore it, or remove the cases").in_file(path)
}

/// Expands a contract into programs that speak about a generation.
///
/// # Errors
///
/// A cell that the contract says too little about.
pub fn programs(contract: &Contract) -> Result<Vec<Program>, Problem> {
    let cells = contract.cells().map_err(|what| lacking(contract, what))?;
    cells.iter().map(|cell| program(contract, cell)).collect()
}

/// The program of a cell.
///
/// # Errors
///
/// The contract says too little about it.
pub fn program(contract: &Contract, cell: &Cell<'_>) -> Result<Program, Problem> {
    Ok(Program {
        id: cell.id(),
        is_allowed: cell.is_allowed(),
        text: source::text(contract, cell).map_err(|what| lacking(contract, what))?,
    })
}

/// The contract says too little about a cell.
pub fn lacking(contract: &Contract, what: String) -> Problem {
    let next = "add what is missing to the operation, its route or its state";
    Problem::new(what, next).in_file(contract.sources.own())
}
