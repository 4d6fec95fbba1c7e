//! Names of objects that do not change from run to run: `drm0`, `gem1`, `dev:gpu`.
//!
//! An address keeps its name after its object is gone, so that a misuse can say of what.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::sync::lock;

#[derive(Default)]
struct Names {
    of: HashMap<usize, String>,
    next: HashMap<&'static str, u32>,
}

static NAMES: Mutex<Option<Names>> = Mutex::new(None);

/// Names the object at `key` after its kind and how many there were of it.
pub(crate) fn number(kind: &'static str, key: usize) -> String {
    let mut names = lock(&NAMES);
    let names = names.get_or_insert_default();
    let next = names.next.entry(kind).or_default();
    let name = format!("{kind}{next}");
    *next += 1;
    names.of.insert(key, name.clone());
    name
}

/// Names the object at `key`.
pub(crate) fn set(key: usize, name: String) {
    let mut names = lock(&NAMES);
    names.get_or_insert_default().of.insert(key, name);
}

/// The name of the object that is or was at `key`.
pub(crate) fn of(key: usize) -> String {
    if key == 0 {
        return "null".into();
    }
    let names = lock(&NAMES);
    let name = names.as_ref().and_then(|names| names.of.get(&key));
    name.cloned().unwrap_or_else(|| "unknown".into())
}
