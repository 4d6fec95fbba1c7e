//! The expansion: operation x state x route, and what is expected of each.
//!
//! Owns which routes make sense where, the expected error of a forbidden cell
//! and the choice of its twin. The text of a cell is written in `program`.

use serde::Serialize;

use crate::subject::matrix::gap::Gap;
use crate::subject::matrix::name::has;
use crate::subject::matrix::name::speaks_of;
use crate::subject::matrix::name::Name;
use crate::subject::matrix::operation::Expected;
use crate::subject::matrix::operation::Operation;
use crate::subject::matrix::running::Execution;
use crate::subject::matrix::schema::Contract;
use crate::subject::matrix::schema::Deref;
use crate::subject::matrix::schema::Route;
use crate::subject::matrix::schema::Set;
use crate::subject::matrix::schema::State;
use crate::subject::matrix::template;

/// One program: an operation, tried from a state by a route.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// What is tried.
    pub operation: &'a Operation,
    /// From where.
    pub state: &'a State,
    /// How.
    pub route: &'a Route,
    /// What must come of it.
    pub verdict: Verdict<'a>,
    /// Whether it is run again with failing calls: one route of each operation
    /// and state is.
    pub replays: bool,
}

/// An error that a cell must produce.
#[derive(Clone, Copy, Debug)]
pub struct Error<'a> {
    /// Code and words, as after `//~`.
    pub is: &'a str,
    /// More of them on the same line.
    pub also: &'a [Name],
    /// The mark of that line.
    pub at: &'a str,
}

/// What must come of a cell.
#[derive(Clone, Copy, Debug)]
pub enum Verdict<'a> {
    /// It compiles, and runs if it can.
    Allowed(Execution<'a>),
    /// It does not compile.
    Forbidden {
        /// The error.
        error: Error<'a>,
        /// The state in which it compiles.
        twin: &'a State,
        /// The route of the twin: the same, if it can be.
        twin_route: &'a Route,
    },
}

/// What stands at a crossing of operation and state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Permission {
    /// Every program must compile.
    Allowed,
    /// None may.
    Forbidden,
    /// It would be sound, but the API has nothing for it; nothing is promised.
    Absent,
    /// Nobody has said yet.
    Undecided,
    /// The question makes no sense.
    Nonsense,
}

impl Cell<'_> {
    /// The id of the case.
    pub fn id(&self) -> String {
        let (operation, state) = (self.operation.name(), self.state.name());
        format!("matrix/{operation}/{state}/{}", self.route.name())
    }

    /// Whether it must compile.
    pub fn is_allowed(&self) -> bool {
        matches!(self.verdict, Verdict::Allowed(_))
    }

    /// Whether it must run.
    pub fn runs(&self) -> bool {
        matches!(self.verdict, Verdict::Allowed(Execution::Runs))
    }
}

impl Contract {
    /// Every cell, in the order of the file.
    ///
    /// # Errors
    ///
    /// The contract says too little about one.
    pub fn cells(&self) -> Result<Vec<Cell<'_>>, Gap> {
        let mut cells = Vec::new();
        for operation in &self.operations {
            for state in &self.states {
                let mut replays = operation.no_replay.is_none();
                let mut routes = self.routes.iter();
                while let Some(route) = routes.find(|route| self.applies(operation, state, route)) {
                    let verdict = self.verdict(operation, state, route)?;
                    let runs = matches!(verdict, Verdict::Allowed(Execution::Runs));
                    cells.push(Cell {
                        operation,
                        state,
                        route,
                        verdict,
                        replays: replays && runs,
                    });
                    replays &= !runs;
                }
            }
        }
        Ok(cells)
    }

    /// Whether an operation may be performed in a state.
    pub fn permission(&self, operation: &Operation, state: &State) -> Permission {
        if !operation.takes.is_device() && !state.setup.is_empty() {
            Permission::Nonsense
        } else if has(&state.undecided, &operation.name) {
            Permission::Undecided
        } else if operation.absent(&state.name).is_some() {
            Permission::Absent
        } else if operation.allows(&state.name) {
            Permission::Allowed
        } else {
            Permission::Forbidden
        }
    }

    fn verdict<'a>(
        &'a self,
        operation: &'a Operation,
        state: &'a State,
        route: &'a Route,
    ) -> Result<Verdict<'a>, Gap> {
        let name = || format!("{}/{}/{}", operation.name, state.name, route.name);
        if operation.allows(&state.name) {
            let execution = self.execution(operation, state, route);
            return execution
                .map(Verdict::Allowed)
                .ok_or_else(|| Gap::Execution(name()));
        }
        let error = self.error(operation, state, route);
        let error = error.ok_or_else(|| Gap::Error(name()))?;
        let twin = self.twin(operation, state, route);
        let (twin, twin_route) = twin.ok_or_else(|| Gap::Twin(name()))?;
        Ok(Verdict::Forbidden {
            error,
            twin,
            twin_route,
        })
    }

    fn applies(&self, operation: &Operation, state: &State, route: &Route) -> bool {
        let permission = self.permission(operation, state);
        let suits = match permission {
            Permission::Allowed => {
                let is_home = operation.home.as_deref() == Some(state.name());
                (is_home || !route.exact) && !is_unreached(operation, state, route)
            }
            Permission::Forbidden => true,
            _ => false,
        };
        suits
            && is_wanted(operation, route)
            && route.takes.contains(&operation.takes)
            && !has(&state.without, &route.name)
            && !has(&operation.without, &route.name)
            && !(route.apart && state.before.is_some() && !was_allowed(operation, state))
            && speaks_of(&route.states, &state.name)
            && (route.parameters || operation.parameters.is_empty())
            && self.has_parts(operation, state, route)
    }

    /// Whether operation and state have what the route mentions.
    fn has_parts(&self, operation: &Operation, state: &State, route: &Route) -> bool {
        template::names(route.text()).all(|name| match name {
            "home" | "hometarget" => operation.home.is_some(),
            "path" => operation.path.is_some(),
            "spelled" => state.spelled.is_some(),
            "deref" => self.deref(operation, state).is_some(),
            _ => true,
        })
    }

    /// The explicit dereference that a cell tries: as far as the home of an
    /// allowed operation, and as far as it goes for a forbidden one.
    pub fn deref<'a>(&self, operation: &Operation, state: &'a State) -> Option<&'a Deref> {
        if operation.allows(&state.name) {
            let home = operation.home.as_deref()?;
            return state.derefs.iter().find(|deref| *deref.to == *home);
        }
        let last = state.derefs.last()?;
        (was_allowed(operation, state) || !operation.allows(&last.to)).then_some(last)
    }

    fn error<'a>(
        &'a self,
        operation: &'a Operation,
        state: &'a State,
        route: &'a Route,
    ) -> Option<Error<'a>> {
        let mut state = state;
        if let (Some(before), Some(error)) = (&state.before, &state.error) {
            let before = self.state(before)?;
            if operation.allows(&before.name) && self.applies(operation, before, route) {
                return Some(Error {
                    is: error.as_str(),
                    also: &[],
                    at: "given",
                });
            }
            state = before;
        }
        let here = |expected: &&Expected| speaks_of(&expected.states, &state.name);
        let errors = || operation.errors.iter().filter(here);
        let found = errors()
            .find(|expected| has(&expected.routes, &route.name))
            .or_else(|| route.errors.iter().find(here))
            .or_else(|| errors().find(|expected| expected.routes.is_empty()))?;
        Some(Error {
            is: found.is.as_str(),
            also: &found.also,
            at: &found.at,
        })
    }

    /// The nearest state in which the same program compiles.
    fn twin<'a>(
        &'a self,
        operation: &'a Operation,
        state: &'a State,
        route: &'a Route,
    ) -> Option<(&'a State, &'a Route)> {
        let near = state.near.iter().chain(&operation.home);
        let names = near.chain(&operation.allowed);
        let twins = names
            .filter(|name| operation.allows(name))
            .filter_map(|name| self.state(name));
        let by = |route: &'a Route| {
            let mut twins = twins.clone();
            let twin = twins.find(|twin| self.applies(operation, twin, route));
            twin.map(|twin| (twin, route))
        };
        by(route).or_else(|| by(self.natural(operation)?))
    }

    /// The route of the committed case.
    pub fn natural(&self, operation: &Operation) -> Option<&Route> {
        self.routes.iter().find(|route| match &operation.natural {
            Some(name) => route.name == *name,
            None => is_wanted(operation, route) && route.takes.contains(&operation.takes),
        })
    }
}

/// Whether the operation asks for the route, by its name or by its set.
fn is_wanted(operation: &Operation, route: &Route) -> bool {
    has(&operation.routes, &route.name)
        || has(&operation.routes, route.set.name())
        || (route.set == Set::Basic && has(&operation.routes, Set::Full.name()))
}

/// Whether the operation was allowed before the state's `setup`.
fn was_allowed(operation: &Operation, state: &State) -> bool {
    let before = state.before.as_deref();
    before.is_some_and(|before| operation.allows(before))
}

fn is_unreached(operation: &Operation, state: &State, route: &Route) -> bool {
    let mut unreached = operation.unreached.iter();
    let mine = unreached.find(|unreached| has(&unreached.states, &state.name));
    mine.is_some_and(|mine| !has(&mine.only, &route.name))
}
