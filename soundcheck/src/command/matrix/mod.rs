//! The command `matrix`: print the matrix, and say what nothing covers.
//!
//! Owns the order of its work and its exit status. How a table looks is in
//! `table`.

mod table;

pub use table::Format;

use std::collections::BTreeMap;
use std::io::Write;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::facts;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::ground::stream;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::subject::kernel::KernelOptions;
use crate::subject::manifest::FILE;
use crate::subject::matrix;
use crate::subject::matrix::Cell;
use crate::subject::matrix::Contract;
use crate::subject::matrix::Program;
use crate::subject::matrix::Report;
use crate::subject::surface::Surface;
use crate::subject::target::AtHand;
use crate::subject::target::Target;

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
    let Some(file) = target.contract() else {
        let what = "names no contract, so there is no matrix";
        let next = "say in one what may be done in which state, and name it as `contract`";
        let problem = Problem::new(what, next).in_file(Utf8Path::new(FILE));
        return Err(InputError::one(problem).into());
    };
    let contract = matrix::open(workspace.root(), file, target.places.claims.as_deref())?;
    if options.update {
        let count = matrix::update(workspace.root(), &contract)?;
        writeln!(out, "{count} cases written to {}", matrix::FOLDER)?;
        return Ok(0);
    }
    let cells = matrix::cells(&contract).map_err(InputError::one)?;
    let count = cells.len();
    let cells = selected(cells, &options.filters)?;
    let is_complete = cells.len() == count;
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
    let report = Report::new(&contract, &cells, &surface, is_complete);
    report.print(options.format, out)?;
    let mut problems = report.problems(contract.sources.own());
    if is_complete && target.subject.is_own {
        let invariants = matrix::invariants(workspace.root(), &target.places.assertions)?;
        let undecided = contract.undecided().into_iter().chain(invariants);
        problems.extend(undecided.map(|undecided| undecided.problem));
        problems.extend(matrix::stale(workspace.root(), &contract)?);
    }
    for problem in &problems {
        stream::complain(&format!("error: {problem}"));
    }
    Ok(u8::from(!problems.is_empty()))
}

/// The cells with one of the texts in their id. A text that is in none is an
/// error.
fn selected<'a>(cells: Vec<Cell<'a>>, filters: &[String]) -> Result<Vec<Cell<'a>>, InputError> {
    let has = |cell: &Cell<'_>, filter: &String| cell.id().contains(filter.as_str());
    let is_empty = |filter: &&String| !cells.iter().any(|cell| has(cell, filter));
    if let Some(filter) = filters.iter().find(is_empty) {
        let what = format!("no cell of the matrix matches `{filter}`");
        let problem = Problem::new(what, "`soundcheck matrix` prints every operation");
        return Err(InputError::one(problem));
    }
    let is_wanted =
        |cell: &Cell<'_>| filters.is_empty() || filters.iter().any(|filter| has(cell, filter));
    Ok(cells.into_iter().filter(is_wanted).collect())
}

/// Writes the programs as ordinary files.
fn emit(contract: &Contract, cells: &[Cell<'_>], directory: &Utf8Path) -> anyhow::Result<usize> {
    let mut files = BTreeMap::new();
    for cell in cells {
        let program = Program::of(contract, cell).map_err(InputError::one)?;
        files.insert(Utf8PathBuf::from(program.id), program.text);
    }
    matrix::format(&mut files)?;
    for (id, text) in &files {
        facts::replace(&directory.join(format!("{id}.rs")), text.as_bytes())?;
    }
    Ok(files.len())
}
