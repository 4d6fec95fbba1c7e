//! The input of a review, as far as it can be known to be right: a kernel, and
//! a series that applies to it.
//!
//! Owns everything that ends a call with one line before anything is judged.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;

use camino::Utf8Path;

use super::error::Error;
use super::novelty;
use super::patch::Patch;
use super::range;
use super::scratch::Refusal;
use super::scratch::Scratch;
use super::series::Series;
use super::Options;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::ground::workspace::Workspace;
use crate::subject::kernel::Kernel;
use crate::subject::kernel::KernelOptions;
use crate::subject::kernel::Tree;
use crate::subject::manifest::Manifest;
use crate::subject::matrix;

/// A series that applies, and the tree to apply it to.
pub struct Prepared {
    /// The kernel.
    pub kernel: Kernel,
    pub(super) series: Series,
    pub(super) scratch: Scratch,
    /// What the contract says something about.
    pub(super) covered: BTreeSet<String>,
}

impl Prepared {
    /// Reads the input, and tries all patches.
    ///
    /// # Errors
    ///
    /// One line about what is wrong with the input.
    pub fn new(options: &Options) -> Result<Self, Error> {
        let check = &options.check;
        let workspace = Workspace::open(check.root.as_deref(), check.target_dir.as_deref())?;
        let tree = tree(options)?;
        let scratch = Scratch::new(workspace.scratch()?)?;
        let mut series = read(&options.series, &tree, &scratch)?;
        let judged = match series.is_range {
            true => scratch.root(),
            false => tree.source(),
        };
        let kernel = kernel(&workspace, &tree, judged)?;
        apply_all(&scratch, &mut series)?;
        let contract = &kernel.manifest.contract.clone().unwrap_or_default();
        let contract = matrix::load(workspace.root(), contract, &Default::default());
        let contract = contract.map_err(InputError)?;
        Ok(Self {
            kernel,
            series,
            scratch,
            covered: contract.iter().flat_map(novelty::covered).collect(),
        })
    }
}

/// The tree that the series is for: a directory that was built in or that names
/// its source, or a source with a build directory beside it.
fn tree(options: &Options) -> Result<Tree, InputError> {
    match &options.objtree {
        Some(objtree) => Tree::open(objtree, Some(&options.tree)),
        None => Tree::open(&options.tree, None),
    }
}

/// The kernel as it is before the series: its generation is that of a source,
/// which need not be the one in the tree.
fn kernel(workspace: &Workspace, tree: &Tree, source: &Utf8Path) -> Result<Kernel, Error> {
    let kernel = KernelOptions {
        objtree: tree.objtree().to_owned(),
        source: Some(source.to_owned()),
        generation: None,
    };
    let root = workspace.root();
    let known = Manifest::open(root)?.others(root)?;
    Ok(Kernel::open(known, &kernel)?)
}

/// Reads the series, and takes what it is for into the scratch tree.
fn read(name: &str, tree: &Tree, scratch: &Scratch) -> Result<Series, Error> {
    let path = Utf8Path::new(name);
    if name != "-" && !path.exists() && range::is_range(name) {
        let range = range::find(tree.source(), name)?;
        scratch.link(tree.source())?;
        let mut series = Series::parse(name, &scratch.mails(&range.from, &range.to)?)?;
        series.is_range = true;
        scratch.check_out(&range.start, &series)?;
        return Ok(series);
    }
    let series = match name {
        "-" => Series::parse("stdin", &standard_input()?),
        _ => Series::parse(path.file_name().unwrap_or(name), &file(path)?),
    }?;
    scratch.copy(tree.source(), &series)?;
    Ok(series)
}

fn standard_input() -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().read_to_end(&mut bytes);
    read.map_err(Error::file("stdin"))?;
    Ok(bytes)
}

fn file(path: &Utf8Path) -> Result<Vec<u8>, InputError> {
    fs::read(path).map_err(|error| {
        let next = match path.is_dir() {
            true => format!("cat {path}/*.patch > series.mbox, and give that"),
            false => "give a file with the series, or a range A..B of the tree".to_owned(),
        };
        let what = format!("cannot be read: {error}");
        InputError::one(Problem::new(what, next).in_file(path))
    })
}

/// Applies all patches and takes them back, so that one that does not apply is
/// known before anything is judged.
fn apply_all(scratch: &Scratch, series: &mut Series) -> Result<(), Error> {
    for index in 0..series.patches.len() {
        let applied = scratch.apply(&mut series.patches[index])?;
        applied.map_err(|refusal| refused(series, &series.patches[index], &refusal))?;
    }
    scratch.go_to(0)
}

fn refused(series: &Series, patch: &Patch, refusal: &Refusal) -> InputError {
    let (number, total) = (patch.number, patch.total);
    let what = format!("patch {number} of {total} does not apply: {}", refusal.what);
    let next = match (&series.base, refusal.is_there) {
        (_, true) => "the tree has this patch already: give one without it".to_owned(),
        (Some(base), _) => format!("the series is based on {base}: give --tree that"),
        (None, _) => "give --tree what the series is based on".to_owned(),
    };
    let problem = Problem::new(what, next).in_file(Utf8Path::new(&series.name));
    InputError::one(problem.at_line(patch.mail.line))
}
