//! The command `matrix`: print the matrix, and say what nothing covers.
//!
//! Owns the order of its work and its exit status. How a table looks is in
//! `table`.

use std::collections::BTreeMap;
use std::io::Write;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use super::committed;
use super::lacking;
use super::program;
use super::table::Report;
use super::Cell;
use super::Contract;
use crate::claim;
use crate::corpus::CLAIMS;
use crate::options::KernelOptions;
use crate::problem::InputError;
use crate::problem::Problem;
use crate::store;
use crate::surface::Surface;
use crate::target::Target;
use crate::workspace::Workspace;

/// How the matrix is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table for a terminal.
    Human,
    /// A table in Markdown.
    Markdown,
    /// One JSON object.
    Json,
}

/// What a call of `matrix` asks for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The root of the workspace, or `None` for the one around here.
    pub root: Option<Utf8PathBuf>,
    /// The directory for build output.
    pub target_dir: Option<Utf8PathBuf>,
    /// Substrings of ids.
    pub filters: Vec<String>,
    /// How to print.
    pub format: Format,
    /// Where to write the programs instead of printing.
    pub emit: Option<Utf8PathBuf>,
    /// Whether to rewrite the committed cases instead of printing.
    pub update: bool,
    /// The kernel tree whose matrix it is, if it is not that of the workspace.
    pub kernel: Option<KernelOptions>,
}

/// Runs the command and returns its exit status.
///
/// # Errors
///
/// The contract cannot be used, or rustdoc or rustfmt fails.
pub fn run(options: &Options, out: &mut dyn Write) -> anyhow::Result<u8> {
    let workspace = Workspace::open(options.root.as_deref(), options.target_dir.as_deref())?;
    let target = Target::of(&workspace, options.kernel.as_ref())?;
    let contract = contract(workspace.root(), target.contract())?;
    if options.update {
        let count = committed::update(workspace.root(), &contract)?;
        writeln!(out, "{count} cases written to {}", committed::FOLDER)?;
        return Ok(0);
    }
    let cells = contract
        .cells()
        .map_err(|what| InputError::one(lacking(what)))?;
    let cells = selected(cells, &options.filters)?;
    if let Some(directory) = &options.emit {
        let count = emit(&contract, &cells, directory)?;
        writeln!(out, "{count} programs written to {directory}")?;
        return Ok(0);
    }
    let surface = match &target {
        Target::Workspace => Surface::of(&workspace)?,
        Target::Kernel(kernel) => Surface::of_kernel(&workspace, kernel)?,
    };
    let report = Report::new(&contract, &cells, &surface);
    report.print(options.format, out)?;
    let mut problems = report.problems(target.contract());
    if options.filters.is_empty() && matches!(target, Target::Workspace) {
        let undecided = contract.undecided.iter();
        problems.extend(undecided.map(|cell| cell.problem.clone()));
        let invariants = super::invariants(workspace.root())?.into_iter();
        problems.extend(invariants.map(|invariant| invariant.problem));
        problems.extend(committed::stale(workspace.root(), &contract)?);
    }
    for problem in &problems {
        anstream::eprintln!("error: {problem}");
    }
    Ok(u8::from(!problems.is_empty()))
}

fn contract(root: &Utf8Path, file: &Utf8Path) -> anyhow::Result<Contract> {
    let path = Utf8Path::new(CLAIMS);
    let claims = std::fs::read_to_string(root.join(path)).unwrap_or_default();
    let claims = claim::parse(path, &claims).map_err(InputError::one)?;
    let contract = super::load(root, file, &claims).map_err(InputError)?;
    Ok(contract.ok_or_else(|| {
        let problem = Problem::new("is missing", "write down there what may be done");
        InputError::one(problem.in_file(file))
    })?)
}

/// The cells with one of the texts in their id. A text that is in none is an
/// error.
fn selected<'a>(cells: Vec<Cell<'a>>, filters: &[String]) -> anyhow::Result<Vec<Cell<'a>>> {
    let ids: Vec<String> = cells.iter().map(Cell::id).collect();
    for filter in filters {
        if !ids.iter().any(|id| id.contains(filter.as_str())) {
            let what = format!("no cell of the matrix matches `{filter}`");
            let problem = Problem::new(what, "`soundcheck matrix` prints every operation");
            return Err(InputError::one(problem).into());
        }
    }
    let wanted =
        |id: &String| filters.is_empty() || filters.iter().any(|filter| id.contains(filter));
    let cells = cells.into_iter().zip(&ids);
    Ok(cells
        .filter(|(_, id)| wanted(id))
        .map(|(cell, _)| cell)
        .collect())
}

/// Writes the programs as ordinary files.
fn emit(contract: &Contract, cells: &[Cell<'_>], directory: &Utf8Path) -> anyhow::Result<usize> {
    let mut files = BTreeMap::new();
    for cell in cells {
        let program = program(contract, cell).map_err(InputError::one)?;
        files.insert(Utf8PathBuf::from(program.id), program.text);
    }
    committed::format(&mut files)?;
    for (id, text) in &files {
        store::replace(&directory.join(format!("{id}.rs")), text.as_bytes())?;
    }
    Ok(files.len())
}
