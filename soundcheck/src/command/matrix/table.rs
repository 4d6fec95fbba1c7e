//! The matrix as people read it: operations down, states across.
//!
//! Owns how a report is printed. Each mark stands for all programs of its cell:
//! the number beside it says how many routes were tried.

use std::collections::BTreeMap;
use std::io::Write;

use comfy_table::presets;
use comfy_table::ContentArrangement;
use comfy_table::Table;
use comfy_table::TableStyle;

use crate::subject::matrix::CellEntry;
use crate::subject::matrix::Permission;
use crate::subject::matrix::Report;

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

const LEGEND: &str = "✓ allowed  ✗ forbidden, each with the number of its routes  \
    – sound, but not there  ? undecided  (empty) no question";

impl Report<'_> {
    /// Writes the report.
    ///
    /// # Errors
    ///
    /// `out` cannot be written.
    pub fn print(&self, format: Format, out: &mut dyn Write) -> anyhow::Result<()> {
        let table = match format {
            Format::Json => {
                writeln!(out, "{}", serde_json::to_string_pretty(self)?)?;
                return Ok(());
            }
            Format::Human => {
                let mut table = self.table(presets::UTF8_HORIZONTAL_ONLY);
                table.set_content_arrangement(ContentArrangement::Dynamic);
                table
            }
            Format::Markdown => self.table(presets::ASCII_MARKDOWN),
        };
        writeln!(out, "{table}\n\n{LEGEND}\n{}", self.totals())?;
        Ok(())
    }

    fn table(&self, style: TableStyle) -> Table {
        let mut table = Table::new();
        table.load_style(style);
        let (states, operations) = &self.names;
        table.set_header(std::iter::once(&"operation").chain(states));
        for operation in operations {
            let marks = states.iter().map(|state| {
                let mut cells = self.cells.iter();
                let cell = cells.find(|cell| cell.operation == *operation && cell.state == *state);
                cell.map_or(String::new(), mark)
            });
            table.add_row(std::iter::once((*operation).to_owned()).chain(marks));
        }
        table
    }

    fn totals(&self) -> String {
        let cells = |permission: Permission| {
            let cells = self.cells.iter();
            cells.filter(move |cell| cell.permission == permission)
        };
        let count = |permission| {
            cells(permission)
                .map(|cell| cell.routes.len())
                .sum::<usize>()
        };
        let (allowed, forbidden) = (count(Permission::Allowed), count(Permission::Forbidden));
        let mut totals = format!("{allowed} programs must compile, {forbidden} must not");
        let undecided = cells(Permission::Undecided).count();
        if undecided > 0 {
            totals.push_str(&format!("; {undecided} cells are undecided"));
        }
        let covered = self.covered.len();
        let all = covered + self.uncovered.len();
        if all > 0 {
            totals.push_str(&format!("; {covered} of {all} public items covered"));
        }
        let runs: usize = self.cells.iter().map(|cell| cell.runs.len()).sum();
        let idle = allowed - runs;
        totals.push_str(&format!(
            "\n{allowed} allowed, of which {runs} run and {idle} cannot"
        ));
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for why in self.cells.iter().flat_map(|cell| cell.idle.values()) {
            *reasons.entry(why).or_default() += 1;
        }
        for (why, count) in reasons {
            totals.push_str(&format!("\n  {count}: {why}"));
        }
        totals
    }
}

fn mark(cell: &CellEntry<'_>) -> String {
    match cell.permission {
        Permission::Allowed => format!("✓ {}", cell.routes.len()),
        Permission::Forbidden => format!("✗ {}", cell.routes.len()),
        Permission::Undecided => "?".to_owned(),
        Permission::Absent | Permission::Nonsense => "–".to_owned(),
    }
}
