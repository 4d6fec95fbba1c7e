//! How an allowed program runs: it comes to have a device in its state, calls
//! its case with it, and lets everything go.
//!
//! Owns which programs run, and the `main` of those that do. What they must not
//! leave behind is for the run lane to say.

use std::borrow::Cow;

use serde::Deserialize;
use toml::Spanned;

use super::cell::Cell;
use super::cell::Verdict;
use super::schema::has;
use super::schema::Context;
use super::schema::Contract;
use super::schema::Operation;
use super::schema::Route;
use super::schema::State;
use super::schema::Takes;
use super::template::fill;

/// Whether an allowed program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Execution<'a> {
    /// It does.
    Runs,
    /// It is compiled only, for this reason.
    Idle(&'a str),
}

/// What is different in a program that runs: what is given here stands in the
/// place of the operation's own.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Live {
    /// The driver; `driver::Probe` by default.
    pub driver: Option<String>,
    /// The fragment.
    #[serde(rename = "use")]
    pub fragment: Option<String>,
    /// Items that the fragment needs.
    pub helper: Option<String>,
    /// Bounds of the driver.
    pub bounds: Option<String>,
    /// The parameter of an operation that gives a device.
    pub from: Option<String>,
    /// What an operation that gives a device does first.
    pub first: Option<String>,
}

/// Allowed programs that do not run.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Idle {
    /// The states; all by default.
    #[serde(default)]
    pub states: Vec<Spanned<String>>,
    /// The routes; all by default.
    #[serde(default)]
    pub routes: Vec<Spanned<String>>,
    /// Why they do not.
    pub why: Spanned<String>,
}

/// Why nothing runs from a state that is still being decided.
const UNDECIDED: &str = "not everything is decided from there, and no way to it is known yet";

/// A driver of which anybody can make a device.
const DRIVER: &str = "driver::Probe";

impl Contract {
    /// Whether an allowed program runs.
    ///
    /// # Errors
    ///
    /// It cannot, and no reason is given.
    pub fn execution<'a>(
        &'a self,
        operation: &'a Operation,
        state: &'a State,
        route: &'a Route,
    ) -> Result<Execution<'a>, String> {
        let own = operation.idle.iter().find(|idle| idle.is_for(state, route));
        let why = own.map(|own| &own.why).or(state.idle.as_ref());
        if let Some(why) = why.or(route.idle.as_ref()) {
            return Ok(Execution::Idle(why.get_ref()));
        }
        let is_made = !self.makes(operation, state).is_empty();
        if !is_made && !state.undecided.is_empty() {
            return Ok(Execution::Idle(UNDECIDED));
        }
        if is_made && operation.is_concrete() {
            return Ok(Execution::Runs);
        }
        let (operation, state, route) = (operation.name(), state.name(), route.name());
        Err(format!(
            "{operation}/{state}/{route} neither runs nor has a reason not to"
        ))
    }

    /// The ways in which a program comes to call its case, each with the
    /// context that stands for the state's own.
    fn makes<'a>(&'a self, operation: &'a Operation, state: &'a State) -> Vec<(&'a str, &'a str)> {
        if !operation.takes.is_device() || !operation.make.is_empty() {
            let context = self.context_of(state);
            let makes = operation.make.iter();
            return makes
                .map(|make| (make.get_ref().as_str(), context))
                .collect();
        }
        let stands_for = state.stands_for.iter();
        let others = stands_for.filter_map(|name| self.state(name.get_ref()));
        let states = std::iter::once(state).chain(others);
        let makes = states.flat_map(|state| {
            let context = self.context_of(state);
            state
                .make
                .iter()
                .map(move |make| (make.get_ref().as_str(), context))
        });
        makes.collect()
    }

    /// The context of a state; of one that names none, the least known.
    pub fn context_of<'a>(&'a self, state: &'a State) -> &'a str {
        let least = self.contexts.first().map_or("", Context::name);
        let context = state.context.as_ref();
        context.map_or(least, |context| context.get_ref())
    }
}

impl Idle {
    fn is_for(&self, state: &State, route: &Route) -> bool {
        (self.states.is_empty() || has(&self.states, state.name()))
            && (self.routes.is_empty() || has(&self.routes, route.name()))
    }
}

impl Operation {
    /// Whether its case can be called with concrete types.
    pub fn is_concrete(&self) -> bool {
        let is_plain = self.parameters.is_empty() && self.bounds.is_empty();
        is_plain || self.instance.is_some() || self.live.driver.is_some()
    }
}

/// An operation as a program that runs performs it.
pub fn operation(operation: &Operation) -> Cow<'_, Operation> {
    if operation.live == Live::default() {
        return Cow::Borrowed(operation);
    }
    let mut running = operation.clone();
    let Live {
        driver: _,
        fragment,
        helper,
        bounds,
        from,
        first,
    } = std::mem::take(&mut running.live);
    let replace = |own: &mut String, other: Option<String>| {
        if let Some(other) = other {
            *own = other;
        }
    };
    replace(&mut running.fragment, fragment);
    replace(&mut running.helper, helper);
    replace(&mut running.bounds, bounds);
    replace(&mut running.from, from);
    replace(&mut running.first, first);
    Cow::Owned(running)
}

/// The arguments for all type parameters of a case, if they are known.
pub fn arguments(operation: &Operation, state: &State, context: &str) -> Option<String> {
    let mut arguments = Vec::new();
    if operation.driver == "T" {
        arguments.push(driver(operation).to_owned());
    }
    let context = state.parameter.as_ref().map(|_| format!("drm::{context}"));
    arguments.extend(context);
    arguments.extend(operation.instance.clone());
    match arguments.is_empty() {
        _ if !operation.is_concrete() => None,
        true => Some(String::new()),
        false => Some(format!("::<{}>", arguments.join(", "))),
    }
}

/// The driver whose device a program makes.
fn driver(operation: &Operation) -> &str {
    match operation.driver.as_str() {
        "T" => operation.live.driver.as_deref().unwrap_or(DRIVER),
        own => own,
    }
}

/// The `main` of a program that runs.
pub fn main(contract: &Contract, cell: &Cell<'_>) -> String {
    let mut text = "pub fn main() -> kernel::error::Result {\n".to_owned();
    let makes = contract.makes(cell.operation, cell.state);
    for (make, context) in &makes {
        let make = fill(make, &|name, argument| match name {
            "D" => Some(driver(cell.operation).to_owned()),
            "case" => Some(call(cell, context, argument)),
            _ => None,
        });
        let make = make.trim_matches('\n').replace('\n', "\n    ");
        match makes.len() {
            1 => text.push_str(&format!("    {make}\n")),
            _ => text.push_str(&format!("    {{\n    {make}\n    }}\n")),
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
        (_, Some(why)) => format!("//@ replay: off, {}\n", why.get_ref()),
        (_, None) => "//@ replay: off, another route of the cell is\n".to_owned(),
    }
}

/// The call of the case: with what it takes of `dev`, or with the arguments
/// that are given.
fn call(cell: &Cell<'_>, context: &str, given: Option<&str>) -> String {
    let is_lent = cell.operation.takes == Takes::Borrowed && cell.state.owned.is_some();
    let device = match is_lent {
        true => "&dev",
        false => "dev",
    };
    let passed = fill(&cell.route.pass, &|name, _| {
        (name == "dev").then(|| device.to_owned())
    });
    let arguments = arguments(cell.operation, cell.state, context).unwrap_or_default();
    format!("case{arguments}({})", given.unwrap_or(&passed))
}
