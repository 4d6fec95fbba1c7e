//! The names of lanes, in the order in which they run.
//!
//! A lane proves one thing about many cases. How each judges is in `lanes`; a
//! floor above may add lanes of its own, which come last.

use serde::Serialize;
use serde::Serializer;

/// A lane, by its place and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane {
    place: u8,
    name: &'static str,
    proves: &'static str,
}

impl Lane {
    /// What is judged builds, with everything that it asserts of itself.
    pub const BUILD: Self = Self::at(
        0,
        "build",
        "what is judged builds, with everything that it asserts of itself",
    );
    /// Every forbidden program is refused at its line for its reason.
    pub const VERDICT: Self = Self::at(
        1,
        "verdict",
        "every forbidden program is refused at its line for its reason",
    );
    /// Every twin of a forbidden program compiles, and every allowed program.
    pub const TWINS: Self = Self::at(
        2,
        "twins",
        "every twin of a forbidden program compiles, and every allowed program",
    );
    /// The diagnostics that people read are the ones that they reviewed.
    pub const SNAPSHOT: Self = Self::at(
        3,
        "snapshot",
        "the diagnostics that people read are the ones that they reviewed",
    );
    /// The layout programs hold in debug, release and randomized.
    pub const LAYOUT: Self = Self::at(
        4,
        "layout",
        "the layout programs hold in debug, release and randomized",
    );
    /// Every program runs on the stub without a violation.
    pub const RUN: Self = Self::at(
        5,
        "run",
        "every program runs on the stub without a violation",
    );
    /// Every negative control is caught: the stub reports its violation.
    pub const CONTROLS: Self = Self::at(
        6,
        "controls",
        "every negative control is caught: the stub reports its violation",
    );
    /// Every known hole is still open.
    pub const HOLES: Self = Self::at(7, "holes", "every known hole is still open");

    /// Those that the judge knows, in order.
    pub const KNOWN: [Self; 8] = [
        Self::BUILD,
        Self::VERDICT,
        Self::TWINS,
        Self::SNAPSHOT,
        Self::LAYOUT,
        Self::RUN,
        Self::CONTROLS,
        Self::HOLES,
    ];

    /// A lane that the judge does not know.
    pub const fn beyond(name: &'static str, proves: &'static str) -> Self {
        Self::at(u8::MAX, name, proves)
    }

    const fn at(place: u8, name: &'static str, proves: &'static str) -> Self {
        Self {
            place,
            name,
            proves,
        }
    }

    /// The name in calls and reports.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// What it proves.
    pub fn proves(self) -> &'static str {
        self.proves
    }

    /// The name of a verdict as a test.
    pub fn test(self, id: &str) -> String {
        format!("{}::{id}", self.name)
    }
}

impl Serialize for Lane {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}
