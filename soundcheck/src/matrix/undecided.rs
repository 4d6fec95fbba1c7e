//! Cells of which nobody has said yet whether they are allowed.
//!
//! A state lists them while a new context is being thought about. They expand
//! to no program, and each keeps the run red until it is off the list.

use camino::Utf8Path;

use super::schema::Contract;
use super::schema::State;
use crate::problem::Problem;

/// An operation that waits for a decision in a state.
#[derive(Clone, Debug)]
pub struct Undecided {
    /// The beginning of the ids that its cases will have.
    pub id: String,
    /// The line of the list that it stands on.
    pub problem: Problem,
}

/// Every undecided cell of a contract. `line` says where a byte of its file at
/// `path` is.
pub fn undecided(
    contract: &Contract,
    path: &Utf8Path,
    line: impl Fn(usize) -> usize,
) -> Vec<Undecided> {
    let mut undecided = Vec::new();
    for state in &contract.states {
        for operation in &state.undecided {
            let at = line(operation.span().start);
            undecided.push(cell(state, operation.get_ref(), path, at));
        }
    }
    undecided
}

fn cell(state: &State, operation: &str, path: &Utf8Path, line: usize) -> Undecided {
    let name = state.name();
    let what = format!("undecided: {operation} in state {name}");
    let next = format!("add `{name}` to its `allowed`, or not, and take it off this list");
    Undecided {
        id: format!("matrix/{operation}/{name}/"),
        problem: Problem::new(what, next).in_file(path).at_line(line),
    }
}
