//! The matrix: operation x state x route, expanded from `contracts/api.toml`
//! into cases.
//!
//! Owns where the contract is, and where the generated cases are written. The
//! lanes judge them like cases that people wrote.

mod cell;
mod check;
pub mod schema;
mod source;
mod template;

use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

pub use cell::Cell;
pub use cell::Permission;
pub use cell::Verdict;
pub use schema::Contract;

use crate::problem::Problem;

/// The file with the contract, below the root.
pub const CONTRACT: &str = "contracts/api.toml";

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

/// Reads the contract below a root, if there is one.
///
/// # Errors
///
/// Every mistake in the file, with its line.
pub fn load(root: &Utf8Path) -> Result<Option<Contract>, Vec<Problem>> {
    let path = Utf8Path::new(CONTRACT);
    let file = root.join(path);
    if !file.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&file).map_err(|error| {
        let what = format!("cannot be read: {error}");
        vec![Problem::new(what, "make it a UTF-8 text file").in_file(path)]
    })?;
    schema::parse(path, &text).map(Some)
}

/// Expands a contract into programs.
///
/// # Errors
///
/// A cell that the contract says too little about.
pub fn programs(contract: &Contract) -> Result<Vec<Program>, Problem> {
    let lacking = |what: String| {
        let next = "add what is missing to the operation, its route or its state";
        Problem::new(what, next).in_file(Utf8Path::new(CONTRACT))
    };
    let cells = contract.cells().map_err(lacking)?;
    let program = |cell: &Cell<'_>| {
        Ok(Program {
            id: cell.id(),
            is_allowed: cell.is_allowed(),
            text: source::text(contract, cell).map_err(lacking)?,
        })
    };
    cells.iter().map(program).collect()
}

/// Writes a program below a directory, unless it is there already.
///
/// # Errors
///
/// The directory cannot be written.
pub fn write(directory: &Utf8Path, id: &str, text: &str) -> anyhow::Result<Utf8PathBuf> {
    let path = directory.join(format!("{id}.rs"));
    if fs::read_to_string(&path).is_ok_and(|old| old == text) {
        return Ok(path);
    }
    let folder = path.parent().context("a program is in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {folder}"))?;
    fs::write(&path, text).with_context(|| format!("cannot write {path}"))?;
    Ok(path)
}
