//! The command `propose`: a new context, in the API and in its contract.
//!
//! Owns the order of its work and what it says. It writes three files and
//! decides nothing but what follows from the position of the context: the rest
//! stays undecided, which keeps a run red.

mod change;
mod contract;
mod name;
mod source;

use std::io::Write;

use camino::Utf8PathBuf;

use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::ground::workspace::Workspace;
use contract::Book;
use name::Name;

/// The contract that is edited.
const CONTRACT: &str = "contracts/api.toml";

/// The claims that it names.
const CLAIMS: &str = "contracts/claims.toml";

/// The page that walks through what comes next.
const PAGE: &str = "docs/new-context.md";

/// What a call of `propose` asks for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The root of the workspace, or `None` for the one around here.
    pub root: Option<Utf8PathBuf>,
    /// The name of the new context.
    pub name: String,
    /// The context that it weakens to.
    pub after: String,
    /// The context that weakens to it.
    pub before: Option<String>,
    /// Whether to print the edits instead of making them.
    pub dry_run: bool,
}

/// Runs the command.
///
/// # Errors
///
/// The name cannot be used, the position makes no sense, or the files are not
/// as the command knows them; then nothing was written.
pub fn run(options: &Options, out: &mut dyn Write) -> anyhow::Result<()> {
    let workspace = Workspace::open(options.root.as_deref(), None)?;
    let root = workspace.root();
    let book = Book::open(root)?;
    let place = place(&book, options)?;
    let name = Name::new(&options.name).map_err(InputError::one)?;
    name.refuse_known(root, &book)?;
    let proposal = book.propose(&name, &place)?;
    let mut changes = source::changes(root, &name, &place)?;
    changes.push(proposal.change);
    if options.dry_run {
        for change in &changes {
            write!(out, "{}", change.diff())?;
        }
        return Ok(());
    }
    change::write(root, &changes)?;
    for change in &changes {
        writeln!(out, "{}", change.summary())?;
    }
    let (new, after) = (name.type_name(), &place.after);
    let state = name.state();
    let (follow, open) = (proposal.allowed.join(", "), proposal.undecided);
    writeln!(out)?;
    writeln!(
        out,
        "`{new}` weakens to `{after}`, so it may do the same: {follow}."
    )?;
    writeln!(
        out,
        "{open} operations are undecided in state `{state}`, see {CONTRACT}."
    )?;
    writeln!(
        out,
        "next: cargo soundcheck check, which is red until they are decided; {PAGE}"
    )?;
    Ok(())
}

/// Where the new context is among the others.
#[derive(Clone, Debug)]
pub struct Place {
    /// What it weakens to.
    pub after: String,
    /// What weakens to it.
    pub before: Option<String>,
}

/// A new context lies on a way from a context to one that it weakens to, or at
/// the end of none.
fn place(book: &Book, options: &Options) -> Result<Place, InputError> {
    let after = book.context("--after", &options.after)?;
    if let Some(before) = &options.before {
        let stronger = book.context("--before", before)?;
        let mut weaker = stronger.weakens_to.iter();
        if !weaker.any(|weaker| weaker.get_ref() == after.name()) {
            let what = format!(
                "--before {before} contradicts the order: `{before}` does not weaken to `{}` at once",
                after.name()
            );
            let next = format!("leave --before out, or see [[context]] in {CONTRACT}");
            return Err(InputError::one(Problem::new(what, next)));
        }
    }
    Ok(Place {
        after: options.after.clone(),
        before: options.before.clone(),
    })
}
