//! One thing that happened.

use serde::Serialize;

/// A call, or a step of one, in the order of all.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// Its place in the order, from 1.
    pub seq: u64,
    /// The thread that did it: `t0`, `t1`, …, or `w0` for the worker of the work queue.
    pub thread: String,
    /// The call, its objects and its result.
    pub text: String,
    /// Whether it matters only as evidence, and is left out of traces.
    #[serde(skip)]
    pub(super) detail: bool,
}

/// The place of an event in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seq(pub(super) usize);

impl Seq {
    /// The number that people see.
    pub(super) fn number(self) -> u64 {
        self.0 as u64 + 1
    }
}
