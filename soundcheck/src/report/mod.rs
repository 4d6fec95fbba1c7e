//! Reporters: consumers of the event stream, one format each.
//!
//! A reporter counts the verdicts that it has written, so that the ledger can
//! notice one that was left out. It decides nothing.

mod human;
mod json;
mod progress;

pub use human::Human;
pub use json::Json;
pub use progress::Progress;

use crate::event::Event;

/// A consumer of events.
pub trait Reporter: Send {
    /// Takes the next event.
    fn event(&mut self, event: &Event);

    /// How many verdicts have been written so far.
    fn reported(&self) -> usize;
}
