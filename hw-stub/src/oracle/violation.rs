//! One misuse.

use serde::Serialize;

use super::{Event, Kind};

/// A misuse, with the two events that conflict.
#[derive(Clone, Debug, Serialize)]
pub struct Violation {
    /// The stable name; see [`Kind`].
    pub name: &'static str,
    /// What happened to which object.
    pub message: String,
    /// The earlier event, when one is known.
    pub first: Option<Event>,
    /// The event that conflicts with it; none when something never happened.
    pub second: Option<Event>,
    #[serde(skip)]
    kind: Kind,
}

impl Violation {
    pub(super) fn new(
        kind: Kind,
        message: String,
        first: Option<Event>,
        second: Option<Event>,
    ) -> Self {
        Self {
            name: kind.name(),
            message,
            first,
            second,
            kind,
        }
    }

    /// Which misuse it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}
