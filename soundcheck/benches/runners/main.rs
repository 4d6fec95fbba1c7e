//! The benchmark: the same cases for trybuild, ui_test, one rustc a case, and
//! soundcheck, interleaved in one process.
//!
//! CPU time is what counts; wall time depends on what else the machine does.
//! Nothing here is a test: targets are printed beside the figures.

mod arguments;
mod cases;
mod changes;
mod contest;
#[path = "../../tests/copy/mod.rs"]
mod copy;
mod cost;
mod ours;
mod package;
mod report;
mod rivals;
mod runner;
mod targets;
mod tools;
mod tree;

use std::fs;

use anyhow::ensure;
use anyhow::Context as _;
use camino::Utf8Path;
use clap::Parser as _;

use arguments::Arguments;
use contest::Contest;
use report::Report;
use tools::Tools;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if !arguments.bench {
        eprintln!("nothing is measured without optimisation: say `cargo bench -p soundcheck`");
        return Ok(());
    }
    let plan = arguments.plan()?;
    let source = source();
    let tools = Tools::find(source)?;
    let contest = Contest::prepare(&plan, source, &tools)?;
    let (measured, mut errors) = contest.run()?;
    // What was measured is not lost with what could not be.
    let changes = match plan.changes.then(|| changes::measure(&contest, &plan)) {
        Some(Ok(changes)) => changes,
        Some(Err(error)) => {
            errors.push(error);
            Vec::new()
        }
        None => Vec::new(),
    };
    let report = Report::new(&plan, &tools, &contest, &measured, changes);
    if let Some(path) = &plan.json {
        let json = serde_json::to_string_pretty(&report)?;
        fs::write(path, json).with_context(|| format!("cannot write {path}"))?;
    }
    drop(contest);
    print!("{report}");
    for error in &errors {
        eprintln!("error: {error:#}");
    }
    ensure!(errors.is_empty(), "{} runners failed", errors.len());
    Ok(())
}

fn source() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the workspace")
}
