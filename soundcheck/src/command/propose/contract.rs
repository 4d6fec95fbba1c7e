//! The edits of the contract: the context, its state, and what follows from
//! its place.
//!
//! Owns which operations follow by weakening, and the list of those that do
//! not. The tables are edited in place, so comments and layout stay.

use std::fs;

use camino::Utf8Path;
use toml_edit::Array;
use toml_edit::DocumentMut;
use toml_edit::InlineTable;
use toml_edit::Table;
use toml_edit::TableLike;
use toml_edit::Value;

use super::change::Change;
use super::name::Name;
use super::place::Place;
use super::place::CLAIMS;
use super::place::CONTRACT;
use crate::ground::problem::did_you_mean;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::judge::claim::Claims;
use crate::subject::matrix;
use crate::subject::matrix::Context;
use crate::subject::matrix::Contract;
use crate::subject::matrix::Operation;
use crate::subject::matrix::State;

/// A contract with its text.
#[derive(Debug)]
pub struct Book {
    contract: Contract,
    text: String,
}

/// The contract with a new context.
#[derive(Debug)]
pub struct Proposal {
    /// The edit.
    pub change: Change,
    /// The operations that follow from the place of the context.
    pub allowed: Vec<String>,
    /// How many do not.
    pub undecided: usize,
}

impl Book {
    /// Reads the contract.
    ///
    /// # Errors
    ///
    /// It is missing, or has a mistake.
    pub fn open(root: &Utf8Path) -> anyhow::Result<Self> {
        Ok(Self {
            contract: matrix::open(root, CONTRACT.into(), Some(CLAIMS.into()))?,
            text: fs::read_to_string(root.join(CONTRACT))?,
        })
    }

    /// Refuses a name whose state is there already.
    pub fn refuse_known(&self, name: &Name) -> Result<(), InputError> {
        if self.contract.state(&name.state()).is_none() {
            return Ok(());
        }
        let what = format!("{CONTRACT} has a state `{}` already", name.state());
        let next = format!("choose another name than `{}`", name.type_name());
        Err(InputError::one(Problem::new(what, next)))
    }

    /// The context that an argument names.
    pub fn context(&self, argument: &str, name: &str) -> Result<&Context, InputError> {
        let contexts = &self.contract.contexts;
        let found = contexts.iter().find(|context| context.name() == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = contexts.iter().map(Context::name).collect();
            let hint = did_you_mean(name, names.iter().copied());
            let what = format!("{argument} {name}: there is no such context{hint}");
            let next = format!("name one of {}", names.join(", "));
            InputError::one(Problem::new(what, next))
        })
    }

    /// Adds a context.
    ///
    /// # Errors
    ///
    /// The contract is not laid out as the edits need it.
    pub fn propose(&self, name: &Name, place: &Place) -> Result<Proposal, InputError> {
        let weaker = self.state_of(&place.after)?;
        let follows = |operation: &&Operation| {
            let allows = operation.allows(weaker.name());
            allows && operation.inherited && operation.takes.is_device()
        };
        let operations = self.contract.operations.iter();
        let (allowed, rest): (Vec<_>, Vec<_>) = operations.partition(follows);
        let tables = self.text.parse::<DocumentMut>();
        let tables = tables.map_err(|error| lacking(error.message().replace('\n', " ")))?;
        let mut draft = Draft { tables, name };
        draft.contexts(place)?;
        draft.state(weaker, &rest)?;
        draft.allow(weaker, &allowed)?;
        if let Some(before) = &place.before {
            draft.derefs(&self.contract.states, self.state_of(before)?.name())?;
        }
        let new = draft.tables.to_string();
        matrix::parse(CONTRACT.into(), &new, &Claims::new()).map_err(InputError)?;
        Ok(Proposal {
            change: Change {
                path: CONTRACT.into(),
                old: self.text.clone(),
                new,
            },
            allowed: allowed
                .iter()
                .map(|known| known.name().to_owned())
                .collect(),
            undecided: rest.len(),
        })
    }

    /// The state of a borrowed device in a context.
    fn state_of(&self, context: &str) -> Result<&State, InputError> {
        let mut states = self.contract.states.iter();
        let state = states.find(|state| state.context.as_deref() == Some(context));
        state.ok_or_else(|| lacking(format!("context `{context}` has no [[state]]")))
    }
}

/// The contract, to which a context is being added.
struct Draft<'a> {
    tables: DocumentMut,
    name: &'a Name,
}

impl Draft<'_> {
    /// The new context, and the one that weakens to it from now on.
    fn contexts(&mut self, place: &Place) -> Result<(), InputError> {
        let (new, after) = (self.name.type_name(), place.after.as_str());
        let table = format!("\n[[context]]\nname = \"{new}\"\nweakens-to = [\"{after}\"]\n");
        self.insert("context", after, &table)?;
        if let Some(before) = &place.before {
            let stronger = self.table("context", before)?;
            let weaker = list(stronger, "weakens-to");
            let at = weaker.as_ref().and_then(|weaker| position(weaker, after));
            if let (Some(weaker), Some(at)) = (weaker, at) {
                weaker.replace(at, new);
            }
        }
        Ok(())
    }

    fn state(&mut self, weaker: &State, undecided: &[&Operation]) -> Result<(), InputError> {
        let (name, new) = (self.name.state(), self.name.type_name());
        let device = self.name.device();
        let derefs = weaker.derefs.iter().map(|deref| {
            let (to, by) = (&deref.to, deeper(&deref.by));
            format!(", {{ to = \"{to}\", by = \"{by}\" }}")
        });
        let derefs: String = derefs.collect();
        let undecided = undecided.iter();
        let undecided: String = undecided
            .map(|operation| format!("    \"{}\",\n", operation.name()))
            .collect();
        let table = format!(
            "
[[state]]
name = \"{name}\"
of = \"{device}\"
word = \"{new}\"
context = \"{new}\"
type = \"drm::Device<@T, drm::{new}>\"
spelled = \"drm::device::Device<@T, drm::device::{new}>\"
derefs = [{{ to = \"{name}\", by = \"&*dev\" }}{derefs}]
idle = \"nothing in the API gives {device} yet\"
undecided = [
{undecided}]
"
        );
        self.insert("state", weaker.name(), &table)
    }

    /// What follows: the state beside the weaker one, wherever that is named;
    /// and the items that the programs of the first of these operations use.
    fn allow(&mut self, weaker: &State, operations: &[&Operation]) -> Result<(), InputError> {
        let (weaker, state) = (weaker.name(), self.name.state());
        let new = self.name.type_name();
        for operation in operations {
            let table = self.table("operation", operation.name())?;
            add_beside(list(table, "allowed"), weaker, &state);
            let claims = list(table, "claims").into_iter().flat_map(Array::iter_mut);
            for claim in claims.filter_map(Value::as_inline_table_mut) {
                add_beside(list(claim, "states"), weaker, &state);
            }
        }
        let first = operations.first();
        let Some((first, last)) = first.and_then(|first| Some((first, first.covers.last()?)))
        else {
            return Ok(());
        };
        let covers = self.table("operation", first.name())?;
        for item in [
            format!("drm::Device<T, {new}>: Deref"),
            format!("drm::{new}: DeviceContext"),
            format!("drm::{new}"),
        ] {
            add_beside(list(covers, "covers"), last, &item);
        }
        Ok(())
    }

    /// Whatever derefs to the stronger context derefs to the new one next, and
    /// to the others one deref later.
    fn derefs(&mut self, states: &[State], stronger: &str) -> Result<(), InputError> {
        let new = self.name.state();
        for state in states {
            let mut steps = state.derefs.iter();
            let Some(at) = steps.position(|deref| *deref.to == *stronger) else {
                continue;
            };
            let derefs = list(self.table("state", state.name())?, "derefs");
            let derefs = derefs.ok_or_else(|| lacking(format!("{}: no derefs", state.name)))?;
            for later in derefs.iter_mut().skip(at + 1) {
                let step = later.as_inline_table_mut();
                if let Some(by) = step.and_then(|step| step.get_mut("by")) {
                    let deeper = by.as_str().map(deeper).unwrap_or_default();
                    *by = Value::from(deeper).decorated(" ", " ");
                }
            }
            let mut deref = InlineTable::new();
            deref.insert("to", new.as_str().into());
            deref.insert("by", deeper(&state.derefs[at].by).into());
            insert_after(derefs, at, deref.into());
        }
        Ok(())
    }

    fn table(&mut self, kind: &str, name: &str) -> Result<&mut Table, InputError> {
        let tables = self.tables.get_mut(kind);
        let tables = tables.and_then(|item| item.as_array_of_tables_mut());
        let mut tables = tables.into_iter().flat_map(|tables| tables.iter_mut());
        let table = tables.find(|table| is_named(table, name));
        table.ok_or_else(|| lacking(format!("there is no [[{kind}]] `{name}`")))
    }

    /// Puts a table behind another one.
    fn insert(&mut self, kind: &str, after: &str, text: &str) -> Result<(), InputError> {
        let position = self.table(kind, after)?.position();
        let new = text.parse::<DocumentMut>().ok();
        let new = new.and_then(|mut new| new.remove(kind)?.into_array_of_tables().ok());
        let new = new.and_then(|new| new.into_iter().next());
        let tables = self.tables.get_mut(kind);
        let tables = tables.and_then(|item| item.as_array_of_tables_mut());
        if let (Some(tables), Some(mut new)) = (tables, new) {
            new.set_position(position);
            let at = tables.iter().position(|table| is_named(table, after));
            tables.insert(at.map_or(0, |at| at + 1), new);
        }
        Ok(())
    }
}

fn lacking(what: String) -> InputError {
    let next = "lay it out as the others are";
    InputError::one(Problem::new(what, next).in_file(CONTRACT.into()))
}

fn is_named(table: &Table, name: &str) -> bool {
    table.get("name").and_then(|value| value.as_str()) == Some(name)
}

/// A list of a table. One that is like another has not all of its own.
fn list<'t>(table: &'t mut dyn TableLike, key: &str) -> Option<&'t mut Array> {
    table.get_mut(key)?.as_array_mut()
}

fn position(list: &Array, text: &str) -> Option<usize> {
    list.iter().position(|value| value.as_str() == Some(text))
}

/// Adds a text beside another one, if that is in the list.
fn add_beside(list: Option<&mut Array>, known: &str, new: &str) {
    let place = list.and_then(|list| position(list, known).map(|at| (list, at)));
    if let Some((list, at)) = place {
        insert_after(list, at, new.into());
    }
}

/// Adds a value to a list, on a line of its own if the one before it is.
fn insert_after(list: &mut Array, at: usize, value: Value) {
    let before = list
        .get(at)
        .and_then(|before| before.decor().prefix()?.as_str());
    let line = before.and_then(|before| before.rsplit_once('\n'));
    let prefix = line.map_or(" ".to_owned(), |(_, indent)| format!("\n{indent}"));
    list.insert_formatted(at + 1, value.decorated(prefix, ""));
}

/// The same expression with one more deref: `&**dev` for `&*dev`.
fn deeper(by: &str) -> String {
    by.replacen('&', "&*", 1)
}
