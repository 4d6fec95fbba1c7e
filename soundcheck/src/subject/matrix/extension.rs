//! A contract that is written down as its difference to another one.
//!
//! Owns the format of the difference, and how it is applied: what goes, what is
//! replaced and what is new. The result is checked like any other contract.

use serde::Deserialize;
use toml::Spanned;

use super::check::Fault;
use super::schema::has;
use super::schema::Context;
use super::schema::Contract;
use super::schema::Exempt;
use super::schema::Operation;
use super::schema::Route;
use super::schema::State;
use crate::subject::matrix::hole::Hole;

/// The difference to the contract in another file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Extension {
    /// That file, below the root.
    #[serde(rename = "extends")]
    _extends: String,
    /// The name of the subject.
    generation: String,
    /// States that are not there.
    #[serde(default)]
    without_states: Vec<Spanned<String>>,
    /// Operations that are not there.
    #[serde(default)]
    without_operations: Vec<Spanned<String>>,
    /// The bounds of the driver, if they are others.
    driver_bounds: Option<String>,
    /// Imports beside the others.
    #[serde(default)]
    imports: Vec<String>,
    /// All contexts, if they are others.
    #[serde(default, rename = "context")]
    contexts: Vec<Context>,
    /// States that are new, or in the place of those with their names.
    #[serde(default, rename = "state")]
    states: Vec<State>,
    /// Operations that are new, or in the place of those with their names.
    #[serde(default, rename = "operation")]
    operations: Vec<Operation>,
    /// Routes that are new, or in the place of those with their names.
    #[serde(default, rename = "route")]
    routes: Vec<Route>,
    /// More items that nothing is done with.
    #[serde(default, rename = "not-an-operation")]
    exempt: Vec<Exempt>,
    /// What this generation leaves open.
    #[serde(default, rename = "known-hole")]
    holes: Vec<Hole>,
}

impl Extension {
    /// Applies the difference.
    ///
    /// # Errors
    ///
    /// It takes away what is not there.
    pub fn apply(self, mut base: Contract) -> Result<Contract, Vec<Fault>> {
        let faults = self.faults(&base);
        if !faults.is_empty() {
            return Err(faults);
        }
        base.states
            .retain(|state| !has(&self.without_states, state.name()));
        base.operations
            .retain(|operation| !has(&self.without_operations, operation.name()));
        put(&mut base.states, self.states, |state| {
            state.name().to_owned()
        });
        put(&mut base.operations, self.operations, |operation| {
            operation.name().to_owned()
        });
        put(&mut base.routes, self.routes, |route| {
            route.name().to_owned()
        });
        if !self.contexts.is_empty() {
            base.contexts = self.contexts;
        }
        if let Some(bounds) = self.driver_bounds {
            base.driver_bounds = bounds;
        }
        base.imports.extend(self.imports);
        base.exempt.extend(self.exempt);
        base.holes = self.holes;
        base.generation = Some(self.generation);
        base.states
            .iter_mut()
            .for_each(|state| forget_in_state(state, &self.without_states));
        let operations = base.operations.iter_mut();
        operations.for_each(|operation| forget_in_operation(operation, &self.without_states));
        base.routes
            .retain_mut(|route| keeps(&mut route.states, &self.without_states));
        Ok(base)
    }

    fn faults(&self, base: &Contract) -> Vec<Fault> {
        let states: Vec<&str> = base.states.iter().map(State::name).collect();
        let operations: Vec<&str> = base.operations.iter().map(Operation::name).collect();
        let all = [
            ("state", &self.without_states, states),
            ("operation", &self.without_operations, operations),
        ];
        let mut faults = Vec::new();
        for (what, names, known) in all {
            for name in names
                .iter()
                .filter(|name| !known.contains(&name.get_ref().as_str()))
            {
                faults.push(Fault {
                    at: name.span().start,
                    what: format!("there is no {what} `{}` to take away", name.get_ref()),
                    next: "correct the name, or take it off the list",
                });
            }
        }
        faults
    }
}

/// Puts things in the place of those with the same name, or behind all.
fn put<T>(all: &mut Vec<T>, more: Vec<T>, name: fn(&T) -> String) {
    for thing in more {
        match all.iter_mut().find(|known| name(known) == name(&thing)) {
            Some(place) => *place = thing,
            None => all.push(thing),
        }
    }
}

/// Forgets states in a list; says whether there is a reason to keep what the
/// list belongs to, since an empty list often stands for everything.
fn keeps(names: &mut Vec<Spanned<String>>, gone: &[Spanned<String>]) -> bool {
    let was_empty = names.is_empty();
    names.retain(|name| !has(gone, name.get_ref()));
    was_empty || !names.is_empty()
}

fn forget_in_state(state: &mut State, gone: &[Spanned<String>]) {
    keeps(&mut state.near, gone);
    keeps(&mut state.stands_for, gone);
    state.derefs.retain(|deref| !has(gone, deref.to.get_ref()));
}

fn forget_in_operation(operation: &mut Operation, gone: &[Spanned<String>]) {
    keeps(&mut operation.allowed, gone);
    operation
        .claims
        .retain_mut(|claim| keeps(&mut claim.states, gone));
    operation
        .absent
        .retain(|absent| !has(gone, absent.state.get_ref()));
    operation
        .unreached
        .retain_mut(|entry| keeps(&mut entry.states, gone));
    operation
        .errors
        .retain_mut(|error| keeps(&mut error.states, gone));
    operation
        .idle
        .retain_mut(|idle| keeps(&mut idle.states, gone));
}
