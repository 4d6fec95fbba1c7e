//! Where an operator can make its edit, and the edit: in the file of the place unless it says so.

use std::ops::Range;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::subject::mutation::mutant::Effect;

/// A place for one edit.
#[derive(Clone, Debug)]
pub struct Site {
    /// The path of the item, and of the part of it that is meant.
    pub item: String,
    /// The change in one line.
    pub what: String,
    /// What it changes, if it is not what the operator usually changes.
    pub effect: Option<Effect>,
    /// The edit.
    pub changes: Vec<Change>,
    /// Further changes for when it does not build, one set at a time.
    pub adaptations: Vec<Vec<Change>>,
}

/// Bytes of a file, and what replaces them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file, if it is not that of the place.
    pub file: Option<Utf8PathBuf>,
    /// The bytes.
    pub range: Range<usize>,
    /// The text.
    pub text: String,
}

impl Change {
    /// Replaces a piece of text.
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            file: None,
            range,
            text: text.into(),
        }
    }

    /// The same in another file.
    pub fn in_file(mut self, file: &Utf8Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// Removes a piece of text.
    pub fn remove(range: Range<usize>) -> Self {
        Self::replace(range, "")
    }

    /// Inserts text at one place.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }
}

impl Site {
    /// A site with its one change or more.
    pub fn new(item: impl Into<String>, what: impl Into<String>, changes: Vec<Change>) -> Self {
        Self {
            item: item.into(),
            what: what.into(),
            effect: None,
            changes,
            adaptations: Vec::new(),
        }
    }

    /// Adds a set of changes for when it does not build.
    pub fn or_with(mut self, changes: Vec<Change>) -> Self {
        self.adaptations.push(changes);
        self
    }

    /// Says that this site changes something else than the operator usually does.
    pub fn with_effect(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }
}
