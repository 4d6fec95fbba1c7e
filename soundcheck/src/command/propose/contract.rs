//! The edits of the contract: the context, its state, and what follows from
//! its place.
//!
//! Owns which operations follow by weakening, and the list of those that do
//! not. Only texts are inserted, so comments and layout stay as they are.

use std::fs;
use std::ops::Range;

use camino::Utf8Path;
use toml::Spanned;
use toml_edit::Document;
use toml_edit::Table;

use super::change::apply;
use super::change::Change;
use super::change::Edit;
use super::name::Name;
use super::Place;
use super::CLAIMS;
use super::CONTRACT;
use crate::ground::problem::did_you_mean;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::judge::claim;
use crate::judge::claim::Claims;
use crate::subject::matrix;
use crate::subject::matrix::schema;
use crate::subject::matrix::schema::Context;
use crate::subject::matrix::schema::Operation;
use crate::subject::matrix::schema::State;
use crate::subject::matrix::Contract;

/// A contract with its text.
#[derive(Debug)]
pub struct Book {
    claims: Claims,
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
        let path = Utf8Path::new(CLAIMS);
        let claims = fs::read_to_string(root.join(path)).unwrap_or_default();
        let claims = claim::parse(path, &claims).map_err(InputError::one)?;
        let contract = matrix::load(root, Utf8Path::new(CONTRACT), &claims).map_err(InputError)?;
        let contract = contract.ok_or_else(|| {
            let problem = Problem::new("is missing", "restore it");
            InputError::one(problem.in_file(Utf8Path::new(CONTRACT)))
        })?;
        let text = fs::read_to_string(root.join(CONTRACT))?;
        Ok(Self {
            claims,
            contract,
            text,
        })
    }

    /// The path of the contract.
    pub fn path(&self) -> &'static Utf8Path {
        Utf8Path::new(CONTRACT)
    }

    /// Whether there is a state of a name.
    pub fn has_state(&self, name: &str) -> bool {
        self.contract.state(name).is_some()
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
        let document = Document::parse(self.text.as_str()).map_err(|error| {
            let problem = Problem::new(error.message().replace('\n', " "), "restore the file");
            InputError::one(problem.in_file(self.path()))
        })?;
        let draft = Draft {
            book: self,
            tables: &document,
            name,
            weaker: self.state_of(&place.after)?,
        };
        let follows = |operation: &&Operation| draft.follows(operation);
        let operations = &self.contract.operations;
        let allowed: Vec<&Operation> = operations.iter().filter(follows).collect();
        let rest = operations
            .iter()
            .filter(|operation| !draft.follows(operation));
        let rest: Vec<&str> = rest.map(Operation::name).collect();

        let mut edits = draft.contexts(place)?;
        edits.push(draft.state(&rest)?);
        edits.extend(draft.allow(&allowed));
        if let Some(before) = &place.before {
            edits.extend(draft.derefs(self.state_of(before)?)?);
        }
        let new = apply(&self.text, edits);
        schema::parse(self.path(), &new, &self.claims).map_err(InputError)?;
        Ok(Proposal {
            change: Change {
                path: self.path().to_owned(),
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
        let is_mine = |state: &&State| {
            let own = state.context.as_ref().map(|own| own.get_ref().as_str());
            own == Some(context)
        };
        states.find(is_mine).ok_or_else(|| {
            let what = format!("context `{context}` has no [[state]]");
            InputError::one(Problem::new(what, "declare it").in_file(self.path()))
        })
    }
}

/// A context that is being added.
struct Draft<'a> {
    book: &'a Book,
    tables: &'a Table,
    name: &'a Name,
    weaker: &'a State,
}

impl Draft<'_> {
    /// Whether an operation is allowed because it is in the weaker context.
    fn follows(&self, operation: &Operation) -> bool {
        let allows = operation.allows(self.weaker.name());
        allows && operation.inherited && operation.takes.is_device()
    }

    /// The new context, and the one that weakens to it from now on.
    fn contexts(&self, place: &Place) -> Result<Vec<Edit>, InputError> {
        let new = self.name.type_name();
        let after = &place.after;
        let text = format!("\n[[context]]\nname = \"{new}\"\nweakens-to = [\"{after}\"]\n");
        let mut edits = vec![Edit::insert(self.end("context", after)?, text)];
        let contexts = self.book.contract.contexts.iter();
        let stronger = contexts.filter(|known| place.before.as_deref() == Some(known.name()));
        for weaker in stronger.flat_map(|known| &known.weakens_to) {
            if weaker.get_ref() == after {
                edits.push(Edit {
                    range: weaker.span(),
                    text: format!("\"{new}\""),
                });
            }
        }
        Ok(edits)
    }

    fn state(&self, undecided: &[&str]) -> Result<Edit, InputError> {
        let (name, new) = (self.name.state(), self.name.type_name());
        let device = self.name.device();
        let mut derefs = format!("{{ to = \"{name}\", by = \"&*dev\" }}");
        for deref in &self.weaker.derefs {
            let by = deeper(&deref.by);
            derefs.push_str(&format!(
                ", {{ to = \"{}\", by = \"{by}\" }}",
                deref.to.get_ref()
            ));
        }
        let undecided: Vec<String> = undecided
            .iter()
            .map(|operation| format!("    \"{operation}\",\n"))
            .collect();
        let undecided = undecided.concat();
        let text = format!(
            "
[[state]]
name = \"{name}\"
of = \"{device}\"
word = \"{new}\"
context = \"{new}\"
type = \"drm::Device<@T, drm::{new}>\"
spelled = \"drm::device::Device<@T, drm::device::{new}>\"
derefs = [{derefs}]
idle = \"nothing in the API gives {device} yet\"
undecided = [
{undecided}]
"
        );
        Ok(Edit::insert(self.end("state", self.weaker.name())?, text))
    }

    /// What follows: the state beside the weaker one, wherever that is named;
    /// and the items that the programs of the first of these operations use.
    fn allow(&self, operations: &[&Operation]) -> Vec<Edit> {
        let name = self.name.state();
        let mut edits = Vec::new();
        for operation in operations {
            let claimed = operation.claims.iter().flat_map(|claim| &claim.states);
            let named = operation.allowed.iter().chain(claimed);
            let weaker = named.filter(|state| state.get_ref() == self.weaker.name());
            edits.extend(weaker.map(|state| beside(state, &name)));
        }
        let last = operations.first().and_then(|first| first.covers.last());
        if let Some(last) = last {
            let new = self.name.type_name();
            let separator = self.separator(last.span());
            let items = [
                format!("drm::{new}"),
                format!("drm::{new}: DeviceContext"),
                format!("drm::Device<T, {new}>: Deref"),
            ];
            let items = items.map(|item| format!(",{separator}\"{item}\""));
            edits.push(Edit::insert(last.span().end, items.concat()));
        }
        edits
    }

    /// What stands between the items of the list that an item is the last of.
    fn separator(&self, item: Range<usize>) -> &'static str {
        let line = self.book.text[..item.start].rsplit('\n').next();
        match line.is_some_and(|line| line.trim().is_empty()) {
            true => "\n    ",
            false => " ",
        }
    }

    /// Whatever derefs to the stronger context derefs to the new one next, and
    /// to the others one deref later.
    fn derefs(&self, stronger: &State) -> Result<Vec<Edit>, InputError> {
        let mut edits = Vec::new();
        for state in &self.book.contract.states {
            let derefs = state.derefs.iter();
            let Some(at) = derefs
                .clone()
                .position(|deref| deref.to.get_ref() == stronger.name())
            else {
                continue;
            };
            let values = self.deref_values(state.name())?;
            let (_, end) = &values[at];
            let by = deeper(&state.derefs[at].by);
            let new = format!(", {{ to = \"{}\", by = \"{by}\" }}", self.name.state());
            edits.push(Edit::insert(*end, new));
            for (deref, (range, _)) in derefs.zip(&values).skip(at + 1) {
                let text = format!("\"{}\"", deeper(&deref.by));
                let range = range.clone();
                edits.push(Edit { range, text });
            }
        }
        Ok(edits)
    }

    /// Where the expressions of a state's derefs are, and where each deref ends.
    fn deref_values(&self, state: &str) -> Result<Vec<(Range<usize>, usize)>, InputError> {
        let derefs = self.table("state", state)?.get("derefs");
        let derefs = derefs.and_then(|derefs| derefs.as_array());
        let spans = derefs.into_iter().flatten().map(|deref| {
            let by = deref.as_inline_table()?.get("by")?.span()?;
            Some((by, deref.span()?.end))
        });
        let spans: Option<Vec<_>> = spans.collect();
        spans.ok_or_else(|| self.lacking(&format!("the derefs of state `{state}` are no tables")))
    }

    fn table(&self, kind: &str, name: &str) -> Result<&Table, InputError> {
        let tables = self
            .tables
            .get(kind)
            .and_then(|item| item.as_array_of_tables());
        let is_named = |table: &&Table| {
            let own = table.get("name").and_then(|value| value.as_str());
            own == Some(name)
        };
        let table = tables.and_then(|tables| tables.iter().find(is_named));
        table.ok_or_else(|| self.lacking(&format!("there is no [[{kind}]] `{name}`")))
    }

    /// The end of the last line of a table.
    fn end(&self, kind: &str, name: &str) -> Result<usize, InputError> {
        let table = self.table(kind, name)?;
        let values = table.iter().filter_map(|(_, value)| value.span());
        let end = values.map(|span| span.end).max();
        let end = end.ok_or_else(|| self.lacking(&format!("[[{kind}]] `{name}` is empty")))?;
        let rest = self.book.text[end..].find('\n');
        rest.map(|rest| end + rest + 1)
            .ok_or_else(|| self.lacking("the last line has no end"))
    }

    fn lacking(&self, what: &str) -> InputError {
        let next = "lay it out as the others are";
        InputError::one(Problem::new(what, next).in_file(self.book.path()))
    }
}

fn beside(name: &Spanned<String>, new: &str) -> Edit {
    Edit::insert(name.span().end, format!(", \"{new}\""))
}

/// The same expression with one more deref: `&**dev` for `&*dev`.
fn deeper(by: &str) -> String {
    by.replacen('&', "&*", 1)
}
