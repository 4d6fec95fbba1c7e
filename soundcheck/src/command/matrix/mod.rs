//! The command `matrix`: print the matrix, and say what nothing covers.
//!
//! Owns the order of its work and its exit status. How a table looks is in
//! `table`.

mod table;

use std::collections::BTreeMap;
use std::io::Write;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::ground::store;
use crate::ground::stream;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::claim;
use crate::judge::claim::Claims;
use crate::subject::kernel::KernelOptions;
use crate::subject::matrix;
use crate::subject::matrix::lacking;
use crate::subject::matrix::program;
use crate::subject::matrix::Cell;
use crate::subject::matrix::Contract;
use crate::subject::surface::Surface;
use crate::subject::target::AtHand;
use crate::subject::target::Target;

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
    let target = Target::open(&workspace, options.kernel.as_ref())?;
    let contract = contract(workspace.root(), &target)?;
    if options.update {
        let count = matrix::update(workspace.root(), &contract)?;
        writeln!(out, "{count} cases written to {}", matrix::FOLDER)?;
        return Ok(0);
    }
    let cells = contract
        .cells()
        .map_err(|what| InputError::one(lacking(&contract, what)))?;
    let cells = selected(cells, &options.filters)?;
    if let Some(directory) = &options.emit {
        let count = emit(&contract, &cells, directory)?;
        writeln!(out, "{count} programs written to {directory}")?;
        return Ok(0);
    }
    let toolchain = Toolchain::resolve(&workspace)?;
    let surface = Surface::of(&AtHand {
        target: &target,
        workspace: &workspace,
        toolchain: &toolchain,
    })?;
    let report = table::Report::new(&contract, &cells, &surface);
    report.print(options.format, out)?;
    let mut problems = report.problems(contract.sources.own());
    if options.filters.is_empty() && target.subject.is_own {
        let undecided = contract.undecided.iter();
        problems.extend(undecided.map(|cell| cell.problem.clone()));
        let folders = &target.places.assertions;
        let invariants = matrix::invariants(workspace.root(), folders)?.into_iter();
        problems.extend(invariants.map(|invariant| invariant.problem));
        problems.extend(matrix::stale(workspace.root(), &contract)?);
    }
    for problem in &problems {
        stream::complain(&format!("error: {problem}"));
    }
    Ok(u8::from(!problems.is_empty()))
}

fn contract(root: &Utf8Path, target: &Target) -> anyhow::Result<Contract> {
    let claims = match &target.places.claims {
        Some(path) => {
            let text = std::fs::read_to_string(root.join(path)).unwrap_or_default();
            claim::parse(path, &text).map_err(InputError::one)?
        }
        None => Claims::default(),
    };
    let file = target.contract().unwrap_or(Utf8Path::new("the contract"));
    let contract = matrix::load(root, file, &claims).map_err(InputError)?;
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
    matrix::format(&mut files)?;
    for (id, text) in &files {
        store::replace(&directory.join(format!("{id}.rs")), text.as_bytes())?;
    }
    Ok(files.len())
}
