//! How an allowed program runs: it comes to have a device in its state, calls
//! its case with it, and lets everything go.
//!
//! Owns the `main` of such a program, and the directive of one that does not
//! run. What it must not leave behind is for the run lane to say.

use std::borrow::Cow;

use crate::subject::matrix::cell::Cell;
use crate::subject::matrix::cell::Verdict;
use crate::subject::matrix::operation::Live;
use crate::subject::matrix::operation::Operation;
use crate::subject::matrix::operation::Takes;
use crate::subject::matrix::running::Execution;
use crate::subject::matrix::schema::Contract;
use crate::subject::matrix::template::fill;
use crate::subject::matrix::template::put;

/// An operation as a program that runs performs it.
pub fn operation(operation: &Operation) -> Cow<'_, Operation> {
    if operation.live == Live::default() {
        return Cow::Borrowed(operation);
    }
    let mut running = operation.clone();
    let live = std::mem::take(&mut running.live);
    for (own, other) in [
        (&mut running.fragment, live.fragment),
        (&mut running.helper, live.helper),
        (&mut running.bounds, live.bounds),
        (&mut running.from, live.from),
        (&mut running.first, live.first),
    ] {
        if let Some(other) = other {
            *own = other;
        }
    }
    Cow::Owned(running)
}

/// The `main` of a program that runs.
pub fn main(contract: &Contract, cell: &Cell<'_>) -> String {
    let mut text = "pub fn main() -> kernel::error::Result {\n".to_owned();
    let ways = contract.ways(cell.operation, cell.state);
    for (way, context) in &ways {
        let way = fill(way, &|name, argument| match name {
            "D" => Some(cell.operation.concrete_driver().to_owned()),
            "case" => Some(call(cell, context, argument)),
            _ => None,
        });
        let way = way.trim_matches('\n').replace('\n', "\n    ");
        match ways.len() {
            1 => text.push_str(&format!("    {way}\n")),
            _ => text.push_str(&format!("    {{\n    {way}\n    }}\n")),
        }
    }
    text.push_str("    Ok(())\n}\n");
    text
}

/// Says why an allowed program does not run, or is not run again.
pub fn directive(cell: &Cell<'_>) -> String {
    match (cell.verdict, &cell.operation.no_replay) {
        (Verdict::Forbidden { .. }, _) => String::new(),
        (Verdict::Allowed(Execution::Idle(why)), _) => format!("//@ run: off, {why}\n"),
        (Verdict::Allowed(Execution::Runs), _) if cell.replays => String::new(),
        (_, Some(why)) => format!("//@ replay: off, {why}\n"),
        (_, None) => "//@ replay: off, another route of the cell is\n".to_owned(),
    }
}

/// The call of the case: with what it takes of `dev`, or with the arguments
/// that are given.
fn call(cell: &Cell<'_>, context: &str, given: Option<&str>) -> String {
    let is_lent = cell.operation.takes == Takes::Borrowed && cell.state.owned.is_some();
    let passed = put(
        &cell.route.pass,
        "dev",
        if is_lent { "&dev" } else { "dev" },
    );
    let arguments = cell.operation.arguments(cell.state, context);
    let arguments = arguments.unwrap_or_default();
    format!("case{arguments}({})", given.unwrap_or(&passed))
}
