//! Which allowed programs run, and how each comes to have a device in its state.
//!
//! Owns the choice of the ways, and of the types that make a case concrete. The
//! `main` that is made of them is in `live`.

use crate::subject::matrix::name::speaks_of;
use crate::subject::matrix::operation::Idle;
use crate::subject::matrix::operation::Operation;
use crate::subject::matrix::schema::Context;
use crate::subject::matrix::schema::Contract;
use crate::subject::matrix::schema::Route;
use crate::subject::matrix::schema::State;

/// Whether an allowed program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Execution<'a> {
    /// It does.
    Runs,
    /// It is compiled only, for this reason.
    Idle(&'a str),
}

/// Why nothing runs from a state that is still being decided.
const UNDECIDED: &str = "not everything is decided from there, and no way to it is known yet";

/// A driver of which anybody can make a device.
const DRIVER: &str = "driver::Probe";

impl Contract {
    /// Whether an allowed program runs, or `None` if it cannot and no reason is
    /// given.
    pub fn execution<'a>(
        &'a self,
        operation: &'a Operation,
        state: &'a State,
        route: &'a Route,
    ) -> Option<Execution<'a>> {
        let own = operation.idle.iter().find(|idle| idle.is_for(state, route));
        let why = own.map(|own| &own.why).or(state.idle.as_ref());
        if let Some(why) = why.or(route.idle.as_ref()) {
            return Some(Execution::Idle(why.as_str()));
        }
        match self.ways(operation, state).is_empty() {
            true if !state.undecided.is_empty() => Some(Execution::Idle(UNDECIDED)),
            false if operation.is_concrete() => Some(Execution::Runs),
            _ => None,
        }
    }

    /// The ways in which a program comes to call its case, each with the
    /// context that stands for the state's own.
    pub fn ways<'a>(
        &'a self,
        operation: &'a Operation,
        state: &'a State,
    ) -> Vec<(&'a str, &'a str)> {
        if !operation.takes.is_device() || !operation.make.is_empty() {
            let context = self.context_of(state);
            let ways = operation.make.iter();
            return ways.map(|way| (way.as_str(), context)).collect();
        }
        let others = state.stands_for.iter().filter_map(|name| self.state(name));
        let states = std::iter::once(state).chain(others);
        let ways = states.flat_map(|state| {
            let context = self.context_of(state);
            state.make.iter().map(move |way| (way.as_str(), context))
        });
        ways.collect()
    }

    /// The context of a state; of one that names none, the least known.
    pub fn context_of<'a>(&'a self, state: &'a State) -> &'a str {
        let least = self.contexts.first().map_or("", Context::name);
        state.context.as_deref().unwrap_or(least)
    }
}

impl Idle {
    fn is_for(&self, state: &State, route: &Route) -> bool {
        speaks_of(&self.states, &state.name) && speaks_of(&self.routes, &route.name)
    }
}

impl Operation {
    /// Whether its case can be called with concrete types.
    pub fn is_concrete(&self) -> bool {
        let is_plain = self.parameters.is_empty() && self.bounds.is_empty();
        is_plain || self.instance.is_some() || self.live.driver.is_some()
    }

    /// The driver whose device a program makes.
    pub fn concrete_driver(&self) -> &str {
        match self.driver.as_str() {
            "T" => self.live.driver.as_deref().unwrap_or(DRIVER),
            own => own,
        }
    }

    /// The arguments for all type parameters of its case, if they are known.
    pub fn arguments(&self, state: &State, context: &str) -> Option<String> {
        let driver = (self.driver == "T").then(|| self.concrete_driver().to_owned());
        let context = state.parameter.as_ref().map(|_| format!("drm::{context}"));
        let own = self.instance.clone();
        let arguments: Vec<String> = driver.into_iter().chain(context).chain(own).collect();
        self.is_concrete().then(|| match arguments.is_empty() {
            true => String::new(),
            false => format!("::<{}>", arguments.join(", ")),
        })
    }
}
