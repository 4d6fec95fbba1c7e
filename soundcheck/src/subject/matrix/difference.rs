//! Tables of a contract that are written down as a difference to others.
//!
//! Owns what `extends`, `without-states`, `without-operations` and `like` mean.
//! All is done before a contract is read, so that what comes of it is checked
//! like one that was written in full, and each value keeps its place.

use std::collections::BTreeSet;

use toml::de::DeArray;
use toml::de::DeTable;
use toml::de::DeValue;
use toml::Spanned;

use crate::ground::problem::did_you_mean;
use crate::subject::matrix::sources::Fault;

type Value<'t> = Spanned<DeValue<'t>>;

/// Lists of states. A table whose `states` are all gone has nothing left to say.
const STATES: [&str; 4] = ["allowed", "near", "stands-for", "states"];

/// What a table does not take from the one that it is like.
const OWN: [&str; 2] = ["name", "covers"];

/// Applies a difference to what it extends, which may be nothing.
///
/// # Errors
///
/// It takes away what is not there, or something is like what is not there.
pub fn apply<'t>(
    mut base: DeTable<'t>,
    mut difference: DeTable<'t>,
) -> Result<DeTable<'t>, Vec<Fault>> {
    let mut faults = Vec::new();
    base.remove("known-hole");
    difference.remove("extends");
    let states = take(&mut difference, "without-states");
    let operations = take(&mut difference, "without-operations");
    remove(&mut base, "state", &states, &mut faults);
    remove(&mut base, "operation", &operations, &mut faults);
    let gone: Vec<&str> = states.iter().filter_map(text).collect();
    forget(&mut base, &gone);
    for (key, value) in difference {
        let mut all = match key.get_ref().as_ref() {
            "state" | "operation" | "route" | "imports" | "not-an-operation" => {
                take(&mut base, key.get_ref())
            }
            _ => DeArray::new(),
        };
        let span = value.span();
        let value = match value.into_inner() {
            DeValue::Array(more) => {
                put(&mut all, more, key.get_ref(), &mut faults);
                DeValue::Array(all)
            }
            value => value,
        };
        base.insert(key, Spanned::new(span, value));
    }
    match faults.is_empty() {
        true => Ok(base),
        false => Err(faults),
    }
}

/// Takes a list out of a table.
fn take<'t>(table: &mut DeTable<'t>, key: &str) -> DeArray<'t> {
    match table.remove(key).map(Spanned::into_inner) {
        Some(DeValue::Array(list)) => list,
        _ => DeArray::new(),
    }
}

/// Takes away the tables of some names.
fn remove(base: &mut DeTable<'_>, kind: &str, names: &[Value<'_>], faults: &mut Vec<Fault>) {
    let Some(DeValue::Array(all)) = base.get_mut(kind).map(Spanned::get_mut) else {
        return;
    };
    for name in names {
        if !all.iter().any(|table| name_of(table) == text(name)) {
            let word = text(name).unwrap_or_default();
            faults.push(Fault {
                at: name.span().start,
                what: format!("there is no {kind} `{word}` to take away"),
                next: "correct the name, or take it off the list",
            });
        }
    }
    let is_gone = |table: &Value<'_>| names.iter().any(|name| text(name) == name_of(table));
    retain(all, |table| !is_gone(table));
}

/// Forgets states wherever they are named. Says whether a table still speaks
/// about any: an empty list often stands for everything.
fn forget(table: &mut DeTable<'_>, gone: &[&str]) -> bool {
    let is_gone = |value: &Value<'_>| text(value).is_some_and(|name| gone.contains(&name));
    let mut speaks = true;
    for (key, value) in table {
        let key = key.get_ref().as_ref();
        if matches!(key, "to" | "state") && is_gone(value) {
            speaks = false;
        }
        let DeValue::Array(list) = value.get_mut() else {
            continue;
        };
        let count = list.len();
        retain(list, |value| match value.get_mut() {
            DeValue::Table(table) => forget(table, gone),
            _ => !(STATES.contains(&key) && is_gone(value)),
        });
        speaks &= key != "states" || count == 0 || !list.is_empty();
    }
    speaks
}

/// Adds to a list. A table is put in the place of one that was there under its
/// name, and is given what it does not say of the one that it is like.
fn put<'t>(all: &mut DeArray<'t>, more: DeArray<'t>, kind: &str, faults: &mut Vec<Fault>) {
    let mut inherited: BTreeSet<usize> = (0..all.len()).collect();
    for mut value in more {
        if let DeValue::Table(table) = value.get_mut() {
            faults.extend(complete(table, all, kind));
        }
        let is_same = |place: &usize| {
            let name = name_of(&value);
            name.is_some() && name_of(&all[*place]) == name
        };
        let place = inherited.iter().copied().find(is_same);
        match place.and_then(|place| all.get_mut(place)) {
            Some(old) => *old = value,
            None => all.push(value),
        }
        place.map(|place| inherited.remove(&place));
    }
}

fn complete<'t>(table: &mut DeTable<'t>, known: &[Value<'t>], kind: &str) -> Option<Fault> {
    let like = table.remove("like")?;
    let word = text(&like).unwrap_or_default();
    let mut tables = known.iter();
    let Some(DeValue::Table(other)) = tables
        .find(|table| name_of(table) == Some(word))
        .map(Spanned::get_ref)
    else {
        let hint = did_you_mean(word, known.iter().filter_map(name_of));
        return Some(Fault {
            at: like.span().start,
            what: format!("there is no {kind} `{word}` before it to be like{hint}"),
            next: "correct the name, or write the table in full",
        });
    };
    for (key, value) in other {
        if !OWN.contains(&key.get_ref().as_ref()) {
            table.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    None
}

fn retain<'t>(list: &mut DeArray<'t>, mut keeps: impl FnMut(&mut Value<'t>) -> bool) {
    let all = std::mem::replace(list, DeArray::new()).into_iter();
    *list = all
        .filter_map(|mut value| keeps(&mut value).then_some(value))
        .collect();
}

fn name_of<'v>(table: &'v Value<'_>) -> Option<&'v str> {
    text(table.get_ref().get("name")?)
}

fn text<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    value.get_ref().as_str()
}
