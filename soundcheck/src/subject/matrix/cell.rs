//! The expansion: operation x state x route, and what is expected of each.
//!
//! Owns which routes make sense where, the expected error of a forbidden cell
//! and the choice of its twin. The text of a cell is written in `source`.

use toml::Spanned;

use super::live::Execution;
use super::schema::has;
use super::schema::Contract;
use super::schema::Deref;
use super::schema::Expected;
use super::schema::Operation;
use super::schema::Route;
use super::schema::State;
use super::template;

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
    pub also: &'a [Spanned<String>],
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// A forbidden cell for which the contract names no error or has no twin,
    /// and an allowed one that neither runs nor has a reason.
    pub fn cells(&self) -> Result<Vec<Cell<'_>>, String> {
        let mut cells = Vec::new();
        for operation in &self.operations {
            for state in &self.states {
                let mut replays = operation.no_replay.is_none();
                for route in &self.routes {
                    if self.applies(operation, state, route) {
                        let mut cell = self.cell(operation, state, route)?;
                        cell.replays = replays && cell.runs();
                        replays &= !cell.replays;
                        cells.push(cell);
                    }
                }
            }
        }
        Ok(cells)
    }

    /// Whether an operation may be performed in a state.
    pub fn permission(&self, operation: &Operation, state: &State) -> Permission {
        if !operation.takes.is_device() && !state.setup.is_empty() {
            return Permission::Nonsense;
        }
        if has(&state.undecided, operation.name()) {
            return Permission::Undecided;
        }
        if operation.absent(state.name()).is_some() {
            return Permission::Absent;
        }
        match operation.allows(state.name()) {
            true => Permission::Allowed,
            false => Permission::Forbidden,
        }
    }

    fn cell<'a>(
        &'a self,
        operation: &'a Operation,
        state: &'a State,
        route: &'a Route,
    ) -> Result<Cell<'a>, String> {
        let verdict = if operation.allows(state.name()) {
            Verdict::Allowed(self.execution(operation, state, route)?)
        } else {
            let name = format!("{}/{}/{}", operation.name(), state.name(), route.name());
            let error = self
                .error(operation, state, route)
                .ok_or_else(|| format!("{name} has no expected error"))?;
            let (twin, twin_route) = self
                .twin(operation, state, route)
                .ok_or_else(|| format!("{name} has no twin"))?;
            Verdict::Forbidden {
                error,
                twin,
                twin_route,
            }
        };
        Ok(Cell {
            operation,
            state,
            route,
            verdict,
            replays: false,
        })
    }

    fn applies(&self, operation: &Operation, state: &State, route: &Route) -> bool {
        let permission = self.permission(operation, state);
        let is_allowed = permission == Permission::Allowed;
        matches!(permission, Permission::Allowed | Permission::Forbidden)
            && is_wanted(operation, route)
            && route.takes.contains(&operation.takes)
            && !has(&state.without, route.name())
            && !has(&operation.without, route.name())
            && !(route.apart && state.before.is_some() && !was_allowed(operation, state))
            && (route.states.is_empty() || has(&route.states, state.name()))
            && (route.parameters || operation.parameters.is_empty())
            && has_parts(operation, state, route)
            && !(is_allowed && route.exact && !is_home(operation, state))
            && !(is_allowed && is_unreached(operation, state, route))
            && (!template::mentions(route.text.get_ref(), "deref")
                || self.deref(operation, state).is_some())
    }

    /// The explicit dereference that a cell tries: as far as the home of an
    /// allowed operation, and as far as it goes for a forbidden one.
    pub fn deref<'a>(&'a self, operation: &Operation, state: &'a State) -> Option<&'a Deref> {
        if operation.allows(state.name()) {
            let home = operation.home.as_ref()?.get_ref();
            return state.derefs.iter().find(|deref| deref.to.get_ref() == home);
        }
        let last = state.derefs.last()?;
        (was_allowed(operation, state) || !operation.allows(last.to.get_ref())).then_some(last)
    }

    fn error<'a>(
        &'a self,
        operation: &'a Operation,
        state: &'a State,
        route: &'a Route,
    ) -> Option<Error<'a>> {
        let mut state = state;
        if let (Some(before), Some(error)) = (&state.before, &state.error) {
            let before = self.state(before.get_ref())?;
            if operation.allows(before.name()) && self.applies(operation, before, route) {
                return Some(Error {
                    is: error.get_ref(),
                    also: &[],
                    at: "given",
                });
            }
            state = before;
        }
        let own = |expected: &&Expected| has(&expected.routes, route.name());
        let general = |expected: &&Expected| expected.routes.is_empty();
        let here = |expected: &&Expected| {
            expected.states.is_empty() || has(&expected.states, state.name())
        };
        let errors = || operation.errors.iter().filter(here);
        let found = errors()
            .find(own)
            .or_else(|| route.errors.iter().find(here))
            .or_else(|| errors().find(general))?;
        Some(Error {
            is: found.is.get_ref(),
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
        let names = near.chain(&operation.allowed).map(Spanned::get_ref);
        let twins: Vec<&State> = names
            .filter(|name| operation.allows(name))
            .filter_map(|name| self.state(name))
            .collect();
        let by = |route: &'a Route| {
            let twin = twins
                .iter()
                .find(|twin| self.applies(operation, twin, route));
            twin.map(|twin| (*twin, route))
        };
        by(route).or_else(|| by(self.natural(operation)?))
    }

    /// The route of the committed case.
    pub fn natural(&self, operation: &Operation) -> Option<&Route> {
        let named = |name: &str| self.routes.iter().find(|route| route.name() == name);
        match &operation.natural {
            Some(name) => named(name.get_ref()),
            None => {
                let mut mine = self
                    .routes
                    .iter()
                    .filter(|route| is_wanted(operation, route));
                mine.find(|route| route.takes.contains(&operation.takes))
            }
        }
    }
}

/// Whether the operation asks for the route, by its name or by its set.
fn is_wanted(operation: &Operation, route: &Route) -> bool {
    has(&operation.routes, route.name())
        || (!route.set.is_empty() && has(&operation.routes, &route.set))
        || (route.set == "basic" && has(&operation.routes, "full"))
}

fn is_home(operation: &Operation, state: &State) -> bool {
    operation
        .home
        .as_ref()
        .is_some_and(|home| home.get_ref() == state.name())
}

/// Whether the operation was allowed before the state's `setup`.
fn was_allowed(operation: &Operation, state: &State) -> bool {
    let before = state.before.as_ref().map(Spanned::get_ref);
    before.is_some_and(|before| operation.allows(before))
}

fn is_unreached(operation: &Operation, state: &State, route: &Route) -> bool {
    let mut unreached = operation.unreached.iter();
    let mine = unreached.find(|unreached| has(&unreached.states, state.name()));
    mine.is_some_and(|mine| !has(&mine.only, route.name()))
}

/// Whether operation and state have what the route mentions.
fn has_parts(operation: &Operation, state: &State, route: &Route) -> bool {
    let text = route.text.get_ref();
    let mentions = |names: &[&str]| names.iter().any(|name| template::mentions(text, name));
    (!mentions(&["home", "homelent", "homepath"]) || operation.home.is_some())
        && (!mentions(&["own", "homepath", "inferred", "elided"]) || operation.path.is_some())
        && (!mentions(&["spelled"]) || state.spelled.is_some())
}
