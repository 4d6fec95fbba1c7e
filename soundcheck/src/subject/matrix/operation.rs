//! What may be done to a device: the `[[operation]]` tables of a contract.
//!
//! Owns their format, and what one table says by itself.

use serde::Deserialize;

use crate::subject::matrix::name::has;
use crate::subject::matrix::name::Name;

/// Something that can be done to a device, or with one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Operation {
    /// The name in ids.
    pub name: Name,
    /// The words for it: "asking for a guard".
    pub does: String,
    /// Why it is refused where it is.
    pub why: String,
    /// The claim that its forbidden cells serve.
    pub claim: Name,
    /// Claims of single states.
    #[serde(default)]
    pub claims: Vec<StateClaim>,
    /// What the fragment takes.
    pub takes: Takes,
    /// The fragment that performs it.
    #[serde(rename = "use")]
    pub fragment: String,
    /// Whether the fragment gives something that a program must not ignore.
    #[serde(default)]
    pub gives: bool,
    /// The path of the function, with `@path` for the type.
    pub path: Option<String>,
    /// The arguments of that function after the device.
    #[serde(default)]
    pub rest: String,
    /// The state whose type the operation is declared for.
    pub home: Option<Name>,
    /// The states in which it is allowed.
    pub allowed: Vec<Name>,
    /// Whether the contexts that weaken to an allowed one are allowed too.
    #[serde(default = "yes")]
    pub inherited: bool,
    /// The states in which it would be sound, but is not there.
    #[serde(default)]
    pub absent: Vec<Absent>,
    /// The routes, by name; `basic` and `full` stand for those marked so.
    pub routes: Vec<Name>,
    /// Routes of these that make no sense for it.
    #[serde(default)]
    pub without: Vec<Name>,
    /// Allowed states that some routes do not reach.
    #[serde(default)]
    pub unreached: Vec<Unreached>,
    /// The route of the committed case.
    pub natural: Option<Name>,
    /// The expected errors, in order: the first that fits counts.
    pub errors: Vec<Expected>,
    /// Items that the fragment needs.
    #[serde(default)]
    pub helper: String,
    /// Type parameters of its own.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// Bounds of the driver `T`.
    #[serde(default)]
    pub bounds: String,
    /// The arguments for all type parameters, so that code is generated.
    pub instance: Option<String>,
    /// What stands for the driver in types; `T` by default.
    #[serde(default = "driver_parameter")]
    pub driver: String,
    /// The parameter of an operation that gives a device.
    #[serde(default)]
    pub from: String,
    /// What an operation that gives a device does first.
    #[serde(default)]
    pub first: String,
    /// How a program that runs calls `case`, in the place of the state's ways.
    #[serde(default)]
    pub make: Vec<Name>,
    /// What is different in a program that runs.
    #[serde(default)]
    pub live: Live,
    /// The allowed programs that do not run.
    #[serde(default)]
    pub idle: Vec<Idle>,
    /// Why no program is run again with failing calls, if none is.
    pub no_replay: Option<Name>,
    /// The public items that it covers.
    #[serde(default)]
    pub covers: Vec<Name>,
}

/// What a fragment takes.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Takes {
    /// A reference to a device.
    Borrowed,
    /// A device, or a handle, for good.
    Owned,
    /// Nothing: it gives a device, and the state says as what.
    Source,
    /// Nothing: it declares a function that takes a device.
    Signature,
}

impl Takes {
    /// Whether the fragment takes a device, or a handle.
    pub fn is_device(self) -> bool {
        matches!(self, Takes::Borrowed | Takes::Owned)
    }
}

/// The claim of the cells of some states.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateClaim {
    /// The states.
    pub states: Vec<Name>,
    /// The claim.
    pub claim: Name,
}

/// A state in which an operation would be sound, but is not there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absent {
    /// The state.
    pub state: Name,
    /// Why it would be sound.
    pub why: String,
}

/// Routes by which an allowed state does not reach an operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unreached {
    /// The states.
    pub states: Vec<Name>,
    /// The routes that do reach it.
    pub only: Vec<Name>,
    /// Why the others do not.
    #[serde(rename = "why")]
    pub _why: String,
}

/// An expected error.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Code and words, as after `//~`.
    pub is: Name,
    /// More errors on the same line.
    #[serde(default)]
    pub also: Vec<Name>,
    /// The mark whose line it is on; `use` by default.
    #[serde(default = "use_mark")]
    pub at: String,
    /// The states; all by default.
    #[serde(default)]
    pub states: Vec<Name>,
    /// The routes; all that expect nothing of their own by default.
    #[serde(default)]
    pub routes: Vec<Name>,
}

/// What is different in a program that runs: what is given here stands in the
/// place of the operation's own.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Live {
    /// The driver; `driver::Probe` by default.
    pub driver: Option<String>,
    /// The fragment.
    #[serde(rename = "use")]
    pub fragment: Option<String>,
    /// Items that the fragment needs.
    pub helper: Option<String>,
    /// Bounds of the driver.
    pub bounds: Option<String>,
    /// The parameter of an operation that gives a device.
    pub from: Option<String>,
    /// What an operation that gives a device does first.
    pub first: Option<String>,
}

/// Allowed programs that do not run.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Idle {
    /// The states; all by default.
    #[serde(default)]
    pub states: Vec<Name>,
    /// The routes; all by default.
    #[serde(default)]
    pub routes: Vec<Name>,
    /// Why they do not.
    pub why: Name,
}

impl Operation {
    /// Whether the operation is allowed in a state.
    pub fn allows(&self, state: &str) -> bool {
        has(&self.allowed, state)
    }

    /// Why the operation is absent from a state, if it is.
    pub fn absent(&self, state: &str) -> Option<&str> {
        let absent = self.absent.iter().find(|absent| *absent.state == *state);
        absent.map(|absent| absent.why.as_str())
    }

    /// The claim that a cell of a state serves.
    pub fn claim_in(&self, state: &str) -> &str {
        let own = self.claims.iter().find(|claim| has(&claim.states, state));
        own.map_or(&self.claim, |own| &own.claim)
    }
}

fn driver_parameter() -> String {
    "T".to_owned()
}

fn use_mark() -> String {
    "use".to_owned()
}

fn yes() -> bool {
    true
}
