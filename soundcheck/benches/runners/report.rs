//! The figures as tables in Markdown, and as data.

use std::fmt;
use std::time::Duration;

use comfy_table::presets::ASCII_MARKDOWN;
use comfy_table::Table;
use serde::Serialize;

use crate::arguments::Plan;
use crate::changes::Change;
use crate::contest::Contest;
use crate::contest::Measured;
use crate::cost::ratio;
use crate::cost::Samples;
use crate::runner::Kind;
use crate::targets::targets;
use crate::targets::Target;
use crate::tools::Tools;

/// All figures of a run.
#[derive(Serialize)]
pub struct Report {
    compiler: String,
    cores: usize,
    repeat: usize,
    /// How many programs exist; more than that are copies.
    programs: usize,
    runners: Vec<Row>,
    changes: Vec<ChangeRow>,
    targets: Vec<Target>,
    #[serde(skip)]
    compared: Vec<usize>,
}

#[derive(Serialize)]
struct Row {
    runner: &'static str,
    checks: &'static str,
    cases: usize,
    cpu_s: f64,
    least_cpu_s: f64,
    cpu_ms_a_case: f64,
    wall_s: f64,
    least_wall_s: f64,
    /// How many times the CPU of our verdict lane.
    times_ours: Option<f64>,
    #[serde(skip)]
    grows: bool,
}

#[derive(Serialize)]
struct ChangeRow {
    changed: &'static str,
    cases: usize,
    cpu_ms: f64,
    wall_ms: f64,
    least_wall_ms: f64,
    compilers: usize,
}

impl Report {
    /// Puts the figures together.
    pub fn new(
        plan: &Plan,
        tools: &Tools,
        contest: &Contest<'_>,
        measured: &[Measured],
        changes: Vec<Change>,
    ) -> Self {
        let cores = std::thread::available_parallelism();
        Self {
            compiler: tools.version.clone(),
            cores: cores.map_or(1, std::num::NonZeroUsize::get),
            repeat: plan.repeat,
            programs: contest.pool.len(),
            runners: measured.iter().map(|one| row(one, measured)).collect(),
            targets: targets(measured, (plan.cases, contest.pool.committed()), &changes),
            changes: changes.iter().map(change_row).collect(),
            compared: contest.compared.clone(),
        }
    }

    fn comparison(&self, cases: usize) -> Table {
        let header = [
            "runner",
            "a case",
            "CPU s",
            "least",
            "ms a case",
            "wall s",
            "CPU",
        ];
        let mut table = table(&header);
        for row in self.runners.iter().filter(|row| row.cases == cases) {
            table.add_row([
                row.runner.to_owned(),
                row.checks.to_owned(),
                format!("{:.2}", row.cpu_s),
                format!("{:.2}", row.least_cpu_s),
                format!("{:.1}", row.cpu_ms_a_case),
                format!("{:.1}", row.wall_s),
                row.times_ours
                    .map_or(String::new(), |times| format!("{times:.1} x")),
            ]);
        }
        table
    }

    fn growth(&self) -> Table {
        let mut table = table(&["cases", "runner", "CPU s", "ms a case", "wall s"]);
        for row in self.runners.iter().filter(|row| row.grows) {
            table.add_row([
                row.cases.to_string(),
                row.runner.to_owned(),
                format!("{:.2}", row.cpu_s),
                format!("{:.1}", row.cpu_ms_a_case),
                format!("{:.1}", row.wall_s),
            ]);
        }
        table
    }

    fn changed(&self) -> Table {
        let header = [
            "changed",
            "cases",
            "CPU ms",
            "wall ms",
            "least",
            "compilers",
        ];
        let mut table = table(&header);
        for row in &self.changes {
            table.add_row([
                row.changed.to_owned(),
                row.cases.to_string(),
                format!("{:.0}", row.cpu_ms),
                format!("{:.0}", row.wall_ms),
                format!("{:.0}", row.least_wall_ms),
                row.compilers.to_string(),
            ]);
        }
        table
    }
}

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN).set_header(header);
    table
}

fn row(one: &Measured, all: &[Measured]) -> Row {
    let samples: &Samples = &one.samples;
    let ours = |other: &&Measured| other.kind == Kind::Ours && other.cases == one.cases;
    let ours = all.iter().find(ours);
    Row {
        runner: one.kind.name(),
        checks: one.kind.checks(),
        cases: one.cases,
        cpu_s: samples.cpu().as_secs_f64(),
        least_cpu_s: samples.least_cpu().as_secs_f64(),
        cpu_ms_a_case: millis(samples.cpu()) / one.cases as f64,
        wall_s: samples.wall().as_secs_f64(),
        least_wall_s: samples.least_wall().as_secs_f64(),
        times_ours: ours.map(|ours| ratio(samples.cpu(), ours.samples.cpu())),
        grows: one.kind.grows(),
    }
}

fn change_row(change: &Change) -> ChangeRow {
    ChangeRow {
        changed: change.what,
        cases: change.cases,
        cpu_ms: millis(change.samples.cpu()),
        wall_ms: millis(change.samples.wall()),
        least_wall_ms: millis(change.samples.least_wall()),
        compilers: change.compilers,
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (compiler, cores) = (&self.compiler, self.cores);
        writeln!(
            out,
            "{compiler}, {cores} cores, the middle of {} runs.",
            self.repeat
        )?;
        writeln!(
            out,
            "There are {} programs; what is more is copies.",
            self.programs
        )?;
        for cases in &self.compared {
            writeln!(out, "\n{cases} cases:\n\n{}", self.comparison(*cases))?;
        }
        if self.runners.iter().any(|row| row.grows) {
            writeln!(out, "\nGrowth, without the cache:\n\n{}", self.growth())?;
        }
        if !self.changes.is_empty() {
            writeln!(
                out,
                "\nVerdict and twins, with the cache:\n\n{}",
                self.changed()
            )?;
        }
        writeln!(out)?;
        for target in &self.targets {
            let word = if target.holds { "PASS" } else { "FAIL" };
            writeln!(out, "{word}  {}: {}", target.wanted, target.got)?;
        }
        Ok(())
    }
}
