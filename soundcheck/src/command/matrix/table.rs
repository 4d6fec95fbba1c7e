//! The matrix as people and programs read it: operations down, states across.
//!
//! Owns what a report says. Each mark stands for all programs of its cell: the
//! number beside it says how many routes were tried.

use std::collections::BTreeMap;
use std::io::Write;

use camino::Utf8Path;
use comfy_table::presets;
use comfy_table::ContentArrangement;
use comfy_table::Table;
use comfy_table::TableStyle;
use serde::Serialize;

use super::Format;
use crate::ground::problem::did_you_mean;
use crate::ground::problem::Problem;
use crate::subject::matrix::schema::has;
use crate::subject::matrix::schema::Context;
use crate::subject::matrix::schema::Operation;
use crate::subject::matrix::schema::State;
use crate::subject::matrix::Cell;
use crate::subject::matrix::Contract;
use crate::subject::matrix::Execution;
use crate::subject::matrix::Permission;
use crate::subject::matrix::Verdict;
use crate::subject::surface::Surface;

/// The matrix, and what covers each public item.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    contexts: Vec<ContextEntry<'a>>,
    states: Vec<StateEntry<'a>>,
    operations: Vec<OperationEntry<'a>>,
    cells: Vec<CellEntry<'a>>,
    covered: Vec<CoveredEntry<'a>>,
    uncovered: Vec<String>,
    unknown: Vec<String>,
    #[serde(skip)]
    complete: bool,
}

#[derive(Debug, Serialize)]
struct ContextEntry<'a> {
    name: &'a str,
    weakens_to: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct StateEntry<'a> {
    name: &'a str,
    of: &'a str,
}

#[derive(Debug, Serialize)]
struct OperationEntry<'a> {
    name: &'a str,
    does: &'a str,
    covers: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct CellEntry<'a> {
    operation: &'a str,
    state: &'a str,
    permission: &'static str,
    claim: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    routes: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    runs: Vec<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    idle: BTreeMap<&'a str, &'a str>,
}

#[derive(Debug, Serialize)]
struct CoveredEntry<'a> {
    item: String,
    by: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exempt: Option<&'a str>,
}

/// Whether a name stands for an item; one that ends in a star stands for all
/// that begin like it.
fn is_named(name: &str, item: &str) -> bool {
    match name.strip_suffix('*') {
        Some(beginning) => item.starts_with(beginning),
        None => name == item,
    }
}

impl<'a> Report<'a> {
    /// Puts the selected cells and the public items side by side.
    pub fn new(contract: &'a Contract, cells: &[Cell<'a>], surface: &Surface) -> Self {
        let mut report = Self {
            contexts: contract.contexts.iter().map(context).collect(),
            states: contract.states.iter().map(state).collect(),
            operations: Vec::new(),
            cells: Vec::new(),
            covered: Vec::new(),
            uncovered: Vec::new(),
            unknown: Vec::new(),
            complete: cells.len() == contract.cells().map_or(0, |all| all.len()),
        };
        let crossings = crossings(cells);
        for known in &contract.operations {
            if report.complete
                || cells
                    .iter()
                    .any(|cell| cell.operation.name() == known.name())
            {
                report.operation(contract, known, &crossings);
            }
        }
        if report.complete {
            report.cover(contract, surface);
        }
        report
    }

    fn operation(
        &mut self,
        contract: &'a Contract,
        known: &'a Operation,
        crossings: &Crossings<'a>,
    ) {
        self.operations.push(OperationEntry {
            name: known.name(),
            does: &known.does,
            covers: known
                .covers
                .iter()
                .map(|item| item.get_ref().as_str())
                .collect(),
        });
        for state in &contract.states {
            let permission = contract.permission(known, state);
            let place = (known.name(), state.name());
            let why = match permission {
                Permission::Nonsense => continue,
                Permission::Allowed | Permission::Undecided => None,
                Permission::Forbidden => Some(known.why.as_str()),
                Permission::Absent => known.absent(state.name()),
            };
            let cells = crossings.get(&place).map_or(&[][..], Vec::as_slice);
            self.cells.push(CellEntry {
                operation: known.name(),
                state: state.name(),
                permission: permission_name(permission),
                claim: known.claim_in(state.name()),
                why,
                routes: cells.iter().map(|cell| cell.route.name()).collect(),
                runs: running(cells),
                idle: idle(cells),
            });
        }
    }

    fn cover(&mut self, contract: &'a Contract, surface: &Surface) {
        for item in surface.items.keys() {
            let covers = |known: &&Operation| has(&known.covers, item);
            let by: Vec<&str> = contract
                .operations
                .iter()
                .filter(covers)
                .map(Operation::name)
                .collect();
            let exempt = contract
                .exempt
                .iter()
                .find(|exempt| is_named(exempt.item.get_ref(), item));
            let exempt = exempt.map(|exempt| exempt.why.as_str());
            if by.is_empty() && exempt.is_none() {
                self.uncovered.push(item.clone());
            } else {
                let item = item.clone();
                self.covered.push(CoveredEntry { item, by, exempt });
            }
        }
        let named = contract.operations.iter().flat_map(|known| &known.covers);
        let named = named.chain(contract.exempt.iter().map(|exempt| &exempt.item));
        // What is inherited may be of no concern here.
        let named = named.filter(|item| contract.sources.is_own(item.span().start));
        let unknown = named
            .map(|item| item.get_ref())
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
            Problem::new(
                what,
                "add it to `covers`, or as [[not-an-operation]] with a reason",
            )
        });
        let unknown = self.unknown.iter().map(|what| {
            Problem::new(
                what.clone(),
                "correct the name in `covers` or [[not-an-operation]]",
            )
        });
        let empty = self
            .cells
            .iter()
            .filter(|cell| self.complete && cell.is_empty())
            .map(|cell| {
                let what = format!("{} in state {} has no case", cell.operation, cell.state);
                Problem::new(what, "give the operation a route that applies there")
            });
        let problems = uncovered.chain(unknown).chain(empty);
        problems.map(|problem| problem.in_file(path)).collect()
    }

    /// Writes the report.
    ///
    /// # Errors
    ///
    /// `out` cannot be written.
    pub fn print(&self, format: Format, out: &mut dyn Write) -> anyhow::Result<()> {
        match format {
            Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(self)?)?,
            Format::Human => {
                let mut table = self.table(presets::UTF8_HORIZONTAL_ONLY);
                table.set_content_arrangement(ContentArrangement::Dynamic);
                writeln!(out, "{table}\n\n{LEGEND}\n{}", self.totals())?;
            }
            Format::Markdown => {
                let table = self.table(presets::ASCII_MARKDOWN);
                writeln!(out, "{table}\n\n{LEGEND}\n{}", self.totals())?;
            }
        }
        Ok(())
    }

    fn table(&self, style: TableStyle) -> Table {
        let mut table = Table::new();
        table.load_style(style);
        let names = self.states.iter().map(|state| state.name);
        table.set_header(std::iter::once("operation").chain(names));
        for operation in &self.operations {
            let mark = |state: &StateEntry<'_>| {
                let mut cells = self.cells.iter();
                let here = |cell: &&CellEntry<'_>| {
                    cell.operation == operation.name && cell.state == state.name
                };
                cells.find(here).map_or(String::new(), CellEntry::mark)
            };
            let marks = self.states.iter().map(mark);
            table.add_row(std::iter::once(operation.name.to_owned()).chain(marks));
        }
        table
    }

    fn undecided(&self) -> usize {
        let name = permission_name(Permission::Undecided);
        let cells = self.cells.iter();
        cells.filter(|cell| cell.permission == name).count()
    }

    fn totals(&self) -> String {
        let count = |permission: Permission| {
            let name = permission_name(permission);
            let cells = self.cells.iter().filter(|cell| cell.permission == name);
            cells.map(|cell| cell.routes.len()).sum::<usize>()
        };
        let (allowed, forbidden) = (count(Permission::Allowed), count(Permission::Forbidden));
        let runs: usize = self.cells.iter().map(|cell| cell.runs.len()).sum();
        let mut totals = format!("{allowed} programs must compile, {forbidden} must not");
        if self.undecided() > 0 {
            totals.push_str(&format!("; {} cells are undecided", self.undecided()));
        }
        let all = self.covered.len() + self.uncovered.len();
        if all > 0 {
            totals.push_str(&format!(
                "; {} of {all} public items covered",
                self.covered.len()
            ));
        }
        totals.push_str(&format!(
            "\n{allowed} allowed, of which {runs} run and {} cannot",
            allowed - runs
        ));
        for (why, count) in self.reasons() {
            totals.push_str(&format!("\n  {count}: {why}"));
        }
        totals
    }

    /// Why programs cannot run, and how many.
    fn reasons(&self) -> BTreeMap<&str, usize> {
        let mut reasons = BTreeMap::new();
        for why in self.cells.iter().flat_map(|cell| cell.idle.values()) {
            *reasons.entry(*why).or_default() += 1;
        }
        reasons
    }
}

const LEGEND: &str = "✓ allowed  ✗ forbidden, each with the number of its routes  \
    – sound, but not there  ? undecided  (empty) no question";

/// The programs of each crossing of operation and state.
type Crossings<'a> = BTreeMap<(&'a str, &'a str), Vec<Cell<'a>>>;

fn crossings<'a>(cells: &[Cell<'a>]) -> Crossings<'a> {
    let mut crossings = Crossings::new();
    for cell in cells {
        let place = (cell.operation.name(), cell.state.name());
        crossings.entry(place).or_default().push(*cell);
    }
    crossings
}

/// The routes by which programs run.
fn running<'a>(cells: &[Cell<'a>]) -> Vec<&'a str> {
    let running = cells.iter().filter(|cell| cell.runs());
    running.map(|cell| cell.route.name()).collect()
}

/// The routes by which programs are compiled only, with the reason.
fn idle<'a>(cells: &[Cell<'a>]) -> BTreeMap<&'a str, &'a str> {
    let idle = cells.iter().filter_map(|cell| match cell.verdict {
        Verdict::Allowed(Execution::Idle(why)) => Some((cell.route.name(), why)),
        _ => None,
    });
    idle.collect()
}

fn context(known: &Context) -> ContextEntry<'_> {
    ContextEntry {
        name: known.name(),
        weakens_to: known
            .weakens_to
            .iter()
            .map(|name| name.get_ref().as_str())
            .collect(),
    }
}

fn state(known: &State) -> StateEntry<'_> {
    StateEntry {
        name: known.name(),
        of: &known.of,
    }
}

fn permission_name(permission: Permission) -> &'static str {
    match permission {
        Permission::Allowed => "allowed",
        Permission::Forbidden => "forbidden",
        Permission::Absent => "absent",
        Permission::Undecided => "undecided",
        Permission::Nonsense => "nonsense",
    }
}

impl CellEntry<'_> {
    fn is_empty(&self) -> bool {
        matches!(self.permission, "allowed" | "forbidden") && self.routes.is_empty()
    }

    fn mark(&self) -> String {
        match self.permission {
            "allowed" => format!("✓ {}", self.routes.len()),
            "forbidden" => format!("✗ {}", self.routes.len()),
            "undecided" => "?".to_owned(),
            _ => "–".to_owned(),
        }
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
