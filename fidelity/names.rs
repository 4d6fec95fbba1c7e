//! Names of objects in a trace: `drm0`, `gem1`, by kind and in the order of their creation.
//!
//! An address can be used again, so the latest object there has it; what is gone is forgotten.

use core::cell::UnsafeCell;
use core::fmt;

/// What is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Faux,
    Device,
    File,
    Object,
}

const PREFIXES: [&str; 4] = ["faux", "drm", "file", "gem"];

/// A name, or none for an object that nobody named.
#[derive(Clone, Copy)]
pub(crate) struct Name(Option<(Kind, usize)>);

#[derive(Clone, Copy)]
struct Entry {
    address: usize,
    name: (Kind, usize),
}

struct Table {
    entries: [Option<Entry>; 64],
    next: [usize; 4],
}

struct Names(UnsafeCell<Table>);

// SAFETY: The tracer is for one thread at a time.
unsafe impl Sync for Names {}

static NAMES: Names = Names(UnsafeCell::new(Table {
    entries: [None; 64],
    next: [0; 4],
}));

fn with<R>(f: impl FnOnce(&mut Table) -> R) -> R {
    // SAFETY: One thread at a time, and no `f` here calls `with` again.
    f(unsafe { &mut *NAMES.0.get() })
}

impl Kind {
    /// Names an object that was just created.
    pub(crate) fn add<T>(self, object: *mut T) -> Name {
        Name::forget(object);
        with(|table| {
            let number = table.next[self as usize];
            table.next[self as usize] += 1;
            let name = (self, number);
            if let Some(free) = table.entries.iter_mut().find(|entry| entry.is_none()) {
                *free = Some(Entry {
                    address: object.addr(),
                    name,
                });
            }
            Name(Some(name))
        })
    }

    /// How many objects of the kind there are.
    pub(crate) fn alive(self) -> i64 {
        with(|table| {
            let entries = table.entries.iter().flatten();
            entries.filter(|entry| entry.name.0 == self).count() as i64
        })
    }
}

impl Name {
    /// The name of an object.
    pub(crate) fn of<T>(object: *mut T) -> Self {
        with(|table| {
            let mut entries = table.entries.iter().flatten();
            let entry = entries.find(|entry| entry.address == object.addr());
            Self(entry.map(|entry| entry.name))
        })
    }

    /// Forgets the name of an object that is gone.
    pub(crate) fn forget<T>(object: *mut T) {
        let here = |entry: &Option<Entry>| entry.is_some_and(|e| e.address == object.addr());
        with(|table| {
            for entry in table.entries.iter_mut().filter(|entry| here(entry)) {
                *entry = None;
            }
        });
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some((kind, number)) => write!(f, "{}{number}", PREFIXES[kind as usize]),
            None => f.write_str("none"),
        }
    }
}
