//! The matrix and the public items of the API side by side, as data.
//!
//! Owns what covers an item, and what makes the matrix incomplete. How people
//! see it is in `table`.

use std::collections::BTreeMap;

use camino::Utf8Path;
use serde::Serialize;
use serde_json::json;
use serde_json::Value;

use crate::ground::problem::did_you_mean;
use crate::ground::problem::Problem;
use crate::subject::matrix::cell::Cell;
use crate::subject::matrix::cell::Permission;
use crate::subject::matrix::cell::Verdict;
use crate::subject::matrix::name::has;
use crate::subject::matrix::name::Name;
use crate::subject::matrix::operation::Operation;
use crate::subject::matrix::running::Execution;
use crate::subject::matrix::schema::Contract;
use crate::subject::matrix::schema::State;
use crate::subject::surface::Surface;

/// The matrix, and what covers each public item.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    contexts: Vec<Value>,
    states: Vec<Value>,
    operations: Vec<Value>,
    /// The crossings of the selected operations with the states.
    pub cells: Vec<CellEntry<'a>>,
    /// The public items that something is said about.
    pub covered: Vec<Value>,
    /// The others.
    pub uncovered: Vec<&'a str>,
    unknown: Vec<String>,
    /// The names of the states and of the selected operations.
    #[serde(skip)]
    pub names: (Vec<&'a str>, Vec<&'a str>),
    #[serde(skip)]
    complete: bool,
}

/// A crossing of operation and state.
#[derive(Debug, Serialize)]
pub struct CellEntry<'a> {
    /// The operation.
    pub operation: &'a str,
    /// The state.
    pub state: &'a str,
    /// What stands there.
    pub permission: Permission,
    claim: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    /// The routes of its programs.
    pub routes: Vec<&'a str>,
    /// The routes by which programs run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<&'a str>,
    /// The routes by which programs are compiled only, with the reason.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub idle: BTreeMap<&'a str, &'a str>,
}

impl<'a> Report<'a> {
    /// Puts the selected cells and the public items side by side; the items only
    /// if all cells are.
    pub fn new(
        contract: &'a Contract,
        cells: &[Cell<'a>],
        surface: &'a Surface,
        complete: bool,
    ) -> Self {
        let is_selected = |operation: &&Operation| {
            complete
                || cells
                    .iter()
                    .any(|cell| cell.operation.name == operation.name)
        };
        let operations: Vec<&Operation> = contract.operations.iter().filter(is_selected).collect();
        let crossings = operations.iter().flat_map(|operation| {
            let states = contract.states.iter();
            states.filter_map(|state| crossing(contract, operation, state, cells))
        });
        let (contexts, states) = (contract.contexts.iter(), contract.states.iter());
        let mut report = Self {
            contexts: contexts
                .map(|known| json!({"name": known.name(), "weakens_to": texts(&known.weakens_to)}))
                .collect(),
            states: states
                .map(|known| json!({"name": known.name(), "of": known.of}))
                .collect(),
            operations: operations.iter().map(|known| described(known)).collect(),
            cells: crossings.collect(),
            covered: Vec::new(),
            uncovered: Vec::new(),
            unknown: Vec::new(),
            names: (
                contract.states.iter().map(State::name).collect(),
                operations.iter().map(|known| known.name()).collect(),
            ),
            complete,
        };
        if complete {
            report.cover(contract, surface);
        }
        report
    }

    fn cover(&mut self, contract: &'a Contract, surface: &'a Surface) {
        let operations = || contract.operations.iter();
        for item in surface.items.keys() {
            let covering = operations().filter(|known| has(&known.covers, item));
            let by: Vec<&str> = covering.map(Operation::name).collect();
            let stands_for = |name: &Name| is_named(name, item);
            let mut exempt = contract.exempt.iter();
            let exempt = exempt.find(|exempt| exempt.items.iter().any(stands_for));
            match exempt {
                Some(exempt) => {
                    let exempt = json!({"item": item, "by": by, "exempt": exempt.why});
                    self.covered.push(exempt);
                }
                None if by.is_empty() => self.uncovered.push(item),
                None => self.covered.push(json!({"item": item, "by": by})),
            }
        }
        let named = operations().flat_map(|known| &known.covers);
        let named = named.chain(contract.exempt.iter().flat_map(|exempt| &exempt.items));
        // What is inherited may be of no concern here.
        let unknown = named
            .filter(|name| contract.sources.is_own(name.at()))
            .filter(|name| !surface.items.keys().any(|item| is_named(name, item)));
        self.unknown = unknown
            .map(|item| {
                let hint = did_you_mean(item, surface.items.keys().map(String::as_str));
                format!("`{item}` is no public item of the API{hint}")
            })
            .collect();
    }

    /// What makes the matrix incomplete.
    pub fn problems(&self, path: &Utf8Path) -> Vec<Problem> {
        let uncovered = self.uncovered.iter().map(|item| {
            let what = format!("public item `{item}` is in no operation");
            let next = "add it to `covers`, or under [[not-an-operation]] with a reason";
            Problem::new(what, next)
        });
        let unknown = self.unknown.iter().map(|what| {
            let next = "correct the name in `covers` or [[not-an-operation]]";
            Problem::new(what, next)
        });
        let cells = self.cells.iter().filter(|_| self.complete);
        let empty = cells.filter(|cell| cell.is_empty()).map(|cell| {
            let what = format!("{} in state {} has no case", cell.operation, cell.state);
            Problem::new(what, "give the operation a route that applies there")
        });
        let problems = uncovered.chain(unknown).chain(empty);
        problems.map(|problem| problem.in_file(path)).collect()
    }
}

/// Whether a name stands for an item; one that ends in a star stands for all
/// that begin like it.
fn is_named(name: &str, item: &str) -> bool {
    match name.strip_suffix('*') {
        Some(beginning) => item.starts_with(beginning),
        None => name == item,
    }
}

/// The entry of an operation and a state, unless the question makes no sense.
fn crossing<'a>(
    contract: &Contract,
    operation: &'a Operation,
    state: &'a State,
    cells: &[Cell<'a>],
) -> Option<CellEntry<'a>> {
    let permission = contract.permission(operation, state);
    let why = match permission {
        Permission::Nonsense => return None,
        Permission::Allowed | Permission::Undecided => None,
        Permission::Forbidden => Some(operation.why.as_str()),
        Permission::Absent => operation.absent(&state.name),
    };
    let is_here =
        |cell: &&Cell<'_>| cell.operation.name == operation.name && cell.state.name == state.name;
    let here = || cells.iter().filter(is_here);
    let idle = |cell: &Cell<'a>| match cell.verdict {
        Verdict::Allowed(Execution::Idle(why)) => Some((cell.route.name(), why)),
        _ => None,
    };
    Some(CellEntry {
        operation: &operation.name,
        state: &state.name,
        permission,
        claim: operation.claim_in(&state.name),
        why,
        routes: here().map(|cell| cell.route.name()).collect(),
        runs: here()
            .filter(|cell| cell.runs())
            .map(|cell| cell.route.name())
            .collect(),
        idle: here().filter_map(idle).collect(),
    })
}

fn described(known: &Operation) -> Value {
    json!({"name": known.name(), "does": known.does, "covers": texts(&known.covers)})
}

fn texts(names: &[Name]) -> Vec<&str> {
    names.iter().map(Name::as_str).collect()
}

impl CellEntry<'_> {
    /// Whether there should be programs, and are none.
    fn is_empty(&self) -> bool {
        let has_programs = matches!(self.permission, Permission::Allowed | Permission::Forbidden);
        has_programs && self.routes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_every_end() {
        assert!(is_named("drm::gpuvm::*", "drm::gpuvm::GpuVm::new"));
        assert!(!is_named("drm::gpuvm::*", "drm::gem::Object"));
        assert!(is_named("drm::Device", "drm::Device"));
        assert!(!is_named("drm::Device", "drm::Device::new"));
    }
}
