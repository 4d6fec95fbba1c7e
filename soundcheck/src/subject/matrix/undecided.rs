//! What nobody has said yet about a new context: which operations it allows,
//! and what else is known in it.
//!
//! A state lists the operations, and an invariant in the API says that it is
//! undecided. They expand to no program, and each keeps the run red.

use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use toml::Spanned;
use walkdir::WalkDir;

use super::check::Fault;
use super::schema::Contract;
use super::schema::State;
use super::sources::Sources;
use crate::ground::problem::Problem;
use crate::judge::corpus::Undecided;

/// How an invariant says that it is undecided.
const MARK: &str = "/// - Undecided:";

/// Every undecided cell of a contract.
pub fn undecided(contract: &Contract, sources: &Sources) -> Vec<Undecided> {
    let states = contract.states.iter();
    let cells = states.flat_map(|state| state.undecided.iter().map(move |name| (state, name)));
    cells
        .map(|(state, operation)| cell(state, operation, sources))
        .collect()
}

fn cell(state: &State, operation: &Spanned<String>, sources: &Sources) -> Undecided {
    let name = state.name();
    let mut problem = sources.problem(&Fault {
        at: operation.span().start,
        what: format!("undecided: {} in state {name}", operation.get_ref()),
        next: "",
    });
    problem.next = format!("add `{name}` to its `allowed`, or not, and take it off this list");
    Undecided {
        id: format!("matrix/{}/{name}/", operation.get_ref()),
        problem,
    }
}

/// Every invariant in folders with sources that is undecided.
///
/// # Errors
///
/// A source cannot be read.
pub fn invariants(root: &Utf8Path, folders: &[Utf8PathBuf]) -> anyhow::Result<Vec<Undecided>> {
    let mut undecided = Vec::new();
    let walks = folders
        .iter()
        .flat_map(|folder| WalkDir::new(root.join(folder)).sort_by_file_name());
    for entry in walks {
        let entry = entry?;
        let file = Utf8Path::from_path(entry.path()).context("a path is not UTF-8")?;
        if file.extension() == Some("rs") {
            let text = fs::read_to_string(file)?;
            undecided.extend(marked(file.strip_prefix(root)?, &text));
        }
    }
    Ok(undecided)
}

fn marked(path: &Utf8Path, text: &str) -> Vec<Undecided> {
    let lines = text.lines().enumerate();
    let marked = lines.filter(|(_, line)| line.trim_start().starts_with(MARK));
    let next = "say there what holds, or that nothing else does";
    marked
        .map(|(index, _)| Undecided {
            id: path.to_string(),
            problem: Problem::new("undecided: an invariant of the API", next)
                .in_file(path)
                .at_line(index + 1),
        })
        .collect()
}
