//! The benchmark: the same cases for trybuild, ui_test, one rustc a case, and
//! soundcheck, interleaved in one process.
//!
//! CPU time is what counts; wall time depends on what else the machine does.
//! Nothing here is a test: targets are printed beside the figures.

mod arguments;
mod cases;
mod changes;
mod contest;
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
    let measured = contest.run()?;
    // What was measured before is not lost with what could not be measured.
    let (changes, failure) = match plan.changes.then(|| changes::measure(&contest, &plan)) {
        Some(Ok(changes)) => (changes, Ok(())),
        Some(Err(error)) => (Vec::new(), Err(error)),
        None => (Vec::new(), Ok(())),
    };
    let report = Report::new(&plan, &tools, contest.pool.len(), &measured, changes);
    if let Some(path) = &plan.json {
        fs::write(path, serde_json::to_string_pretty(&report)?)?;
    }
    drop(contest);
    print!("{report}");
    failure
}

fn source() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the workspace")
}
