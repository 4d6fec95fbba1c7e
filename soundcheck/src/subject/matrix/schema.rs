//! The format of `contracts/api.toml`: contexts, states, operations and routes
//! as data.
//!
//! Owns reading the file and every check that needs nothing but the file. A
//! mistake is a problem with its line. What the data expands to is in `cell`.

use camino::Utf8Path;
use serde::de::DeserializeOwned;
use serde::Deserialize;
use toml::Spanned;

use super::check;
use super::check::Fault;
use super::live::Idle;
use super::live::Live;
use super::sources::Sources;
use super::undecided::undecided;
use crate::ground::problem::Problem;
use crate::judge::claim::Claims;
use crate::judge::corpus::Undecided;
use crate::subject::matrix::hole::Hole;

/// A contract: what may be done to a device, from which state, by which routes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// Paths that a program imports if it mentions their last word.
    pub imports: Vec<String>,
    /// The contexts, the least known first.
    #[serde(rename = "context")]
    pub contexts: Vec<Context>,
    /// The states in which a program may have its device.
    #[serde(rename = "state")]
    pub states: Vec<State>,
    /// What may be done.
    #[serde(rename = "operation")]
    pub operations: Vec<Operation>,
    /// The ways in which it may be tried.
    #[serde(rename = "route")]
    pub routes: Vec<Route>,
    /// The bounds of the driver `T` in programs that are generic over it.
    #[serde(default = "driver_bounds", rename = "driver-bounds")]
    pub driver_bounds: String,
    /// Public items that nothing is done with.
    #[serde(default, rename = "not-an-operation")]
    pub exempt: Vec<Exempt>,
    /// What the generation leaves open.
    #[serde(default, rename = "known-hole")]
    pub holes: Vec<Hole>,
    /// The name of the subject, if it is not that of the workspace.
    #[serde(default)]
    pub generation: Option<String>,
    /// The cells that wait for a decision.
    #[serde(skip)]
    pub undecided: Vec<Undecided>,
    /// The files that it was read from.
    #[serde(skip)]
    pub sources: Sources,
}

/// What is known about a device.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// The name of the type.
    pub name: Spanned<String>,
    /// The contexts that it derefs to.
    #[serde(default, rename = "weakens-to")]
    pub weakens_to: Vec<Spanned<String>>,
}

/// What a program has in its hands.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct State {
    /// The name in ids.
    pub name: Spanned<String>,
    /// The words for it, to follow "of".
    pub of: String,
    /// What rustc prints for it.
    pub word: String,
    /// The context that the type names, if it does.
    pub context: Option<Spanned<String>>,
    /// The type of what is borrowed.
    #[serde(rename = "type")]
    pub ty: String,
    /// Another way to write the type.
    pub spelled: Option<String>,
    /// The type of what is owned, if it is not a borrow of `type`.
    pub owned: Option<String>,
    /// A type parameter of its own, such as `C: drm::DeviceContext`.
    pub parameter: Option<String>,
    /// The explicit dereferences of `dev`, by the state that they lead to.
    #[serde(default)]
    pub derefs: Vec<Deref>,
    /// The state that it was before `setup`.
    pub before: Option<Spanned<String>>,
    /// What happens to the owned `dev` before it is used again.
    #[serde(default)]
    pub setup: String,
    /// What `setup` needs.
    #[serde(default)]
    pub helper: String,
    /// The error where only `setup` is in the way.
    pub error: Option<Spanned<String>>,
    /// The states to look for a twin in, the nearest first.
    #[serde(default)]
    pub near: Vec<Spanned<String>>,
    /// Routes that make no sense from here.
    #[serde(default)]
    pub without: Vec<Spanned<String>>,
    /// Operations of which nobody has said yet whether they are allowed here.
    #[serde(default)]
    pub undecided: Vec<Spanned<String>>,
    /// The ways in which a program that runs comes to have it, each with `@case`.
    #[serde(default)]
    pub make: Vec<Spanned<String>>,
    /// The states whose ways are tried instead, each with its context.
    #[serde(default)]
    pub stands_for: Vec<Spanned<String>>,
    /// Why no program runs from here, if none does.
    pub idle: Option<Spanned<String>>,
}

/// An explicit dereference.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deref {
    /// The state that it leads to.
    pub to: Spanned<String>,
    /// The expression.
    pub by: String,
}

/// Something that can be done to a device, or with one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Operation {
    /// The name in ids.
    pub name: Spanned<String>,
    /// The words for it: "asking for a guard".
    pub does: String,
    /// Why it is refused where it is.
    pub why: String,
    /// The claim that its forbidden cells serve.
    pub claim: Spanned<String>,
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
    pub home: Option<Spanned<String>>,
    /// The states in which it is allowed.
    pub allowed: Vec<Spanned<String>>,
    /// Whether the contexts that weaken to an allowed one are allowed too.
    #[serde(default = "yes")]
    pub inherited: bool,
    /// The states in which it would be sound, but is not there.
    #[serde(default)]
    pub absent: Vec<Absent>,
    /// The routes, by name; `basic` and `full` stand for those marked so.
    pub routes: Vec<Spanned<String>>,
    /// Routes of these that make no sense for it.
    #[serde(default)]
    pub without: Vec<Spanned<String>>,
    /// Allowed states that some routes do not reach.
    #[serde(default)]
    pub unreached: Vec<Unreached>,
    /// The route of the committed case.
    pub natural: Option<Spanned<String>>,
    /// The expected errors, in order: the first that fits counts.
    pub errors: Vec<Expected>,
    /// Imports.
    #[serde(default)]
    pub imports: Vec<String>,
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
    pub make: Vec<Spanned<String>>,
    /// What is different in a program that runs.
    #[serde(default)]
    pub live: Live,
    /// The allowed programs that do not run.
    #[serde(default)]
    pub idle: Vec<Idle>,
    /// Why no program is run again with failing calls, if none is.
    pub no_replay: Option<Spanned<String>>,
    /// The public items that it covers.
    #[serde(default)]
    pub covers: Vec<Spanned<String>>,
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
    pub states: Vec<Spanned<String>>,
    /// The claim.
    pub claim: Spanned<String>,
}

/// A state in which an operation would be sound, but is not there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absent {
    /// The state.
    pub state: Spanned<String>,
    /// Why it would be sound.
    pub why: String,
}

/// Routes by which an allowed state does not reach an operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unreached {
    /// The states.
    pub states: Vec<Spanned<String>>,
    /// The routes that do reach it.
    pub only: Vec<Spanned<String>>,
    /// Why the others do not.
    pub why: String,
}

/// An expected error.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Code and words, as after `//~`.
    pub is: Spanned<String>,
    /// More errors on the same line.
    #[serde(default)]
    pub also: Vec<Spanned<String>>,
    /// The mark whose line it is on; `use` by default.
    #[serde(default = "use_mark")]
    pub at: String,
    /// The states; all by default.
    #[serde(default)]
    pub states: Vec<Spanned<String>>,
    /// The routes; all that expect nothing of their own by default.
    #[serde(default)]
    pub routes: Vec<Spanned<String>>,
}

/// A way to try an operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Route {
    /// The name in ids.
    pub name: Spanned<String>,
    /// The words for it: "by a method call".
    pub by: String,
    /// The operations it is for.
    pub takes: Vec<Takes>,
    /// The set that it belongs to: `basic` or `full`, or none.
    #[serde(default)]
    pub set: String,
    /// The program.
    pub text: Spanned<String>,
    /// The expected errors, in order, where the operation names none for it.
    #[serde(default)]
    pub errors: Vec<Expected>,
    /// Whether it is, among the allowed states, for the operation's home only.
    #[serde(default)]
    pub exact: bool,
    /// Whether the operation is in another body than the device, so that both
    /// are refused for their own errors.
    #[serde(default)]
    pub apart: bool,
    /// The states it is for; all by default.
    #[serde(default)]
    pub states: Vec<Spanned<String>>,
    /// Whether the type parameters of an operation can be named in it.
    #[serde(default = "yes")]
    pub parameters: bool,
    /// Whether its `case` can be instantiated by naming its type parameters.
    #[serde(default = "yes")]
    pub instance: bool,
    /// What a program that runs gives to `case` for `@dev`.
    #[serde(default = "the_device")]
    pub pass: String,
    /// Why no program runs by it, if none does.
    pub idle: Option<Spanned<String>>,
}

/// A public item that nothing is done with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exempt {
    /// The item.
    pub item: Spanned<String>,
    /// Why it is no operation.
    pub why: String,
}

fn driver_parameter() -> String {
    "T".to_owned()
}

fn driver_bounds() -> String {
    "drm::Driver".to_owned()
}

fn the_device() -> String {
    "@dev".to_owned()
}

fn use_mark() -> String {
    "use".to_owned()
}

fn yes() -> bool {
    true
}

/// Reads a contract from the text of the file at `path`. Its claims are not
/// checked if none is known.
///
/// # Errors
///
/// Every mistake, with its line.
pub fn parse(path: &Utf8Path, text: &str, claims: &Claims) -> Result<Contract, Vec<Problem>> {
    let mut sources = Sources::default();
    let contract = read(path, text, &mut sources)?;
    check(contract, sources, claims)
}

/// Reads a table of a contract, and remembers the file.
///
/// # Errors
///
/// It cannot be read.
pub fn read<T: DeserializeOwned>(
    path: &Utf8Path,
    text: &str,
    sources: &mut Sources,
) -> Result<T, Vec<Problem>> {
    let text = sources.add(path, text);
    toml::from_str(&text).map_err(|error| {
        let fault = Fault {
            at: error.span().map_or(usize::MAX, |span| span.start),
            what: error.message().replace('\n', " "),
            next: "the comment at the top of contracts/api.toml describes its tables",
        };
        vec![sources.problem(&fault)]
    })
}

/// Checks a contract that was read.
///
/// # Errors
///
/// Every mistake, with its place.
pub fn check(
    mut contract: Contract,
    sources: Sources,
    claims: &Claims,
) -> Result<Contract, Vec<Problem>> {
    let faults = check::faults(&contract, claims);
    if !faults.is_empty() {
        return Err(faults.iter().map(|fault| sources.problem(fault)).collect());
    }
    contract.undecided = undecided(&contract, &sources);
    contract.sources = sources;
    Ok(contract)
}

impl Contract {
    /// The name of the generation, if it is not the API of the workspace.
    pub fn generation_name(&self) -> Option<&str> {
        self.generation.as_deref()
    }

    /// The state of a name.
    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|state| *state.name() == *name)
    }
}

macro_rules! named {
    ($($type:ty),*) => {$(
        impl $type {
            /// The name.
            pub fn name(&self) -> &str {
                self.name.get_ref()
            }
        }
    )*};
}

named!(Context, State, Operation, Route);

impl Operation {
    /// Whether the operation is allowed in a state.
    pub fn allows(&self, state: &str) -> bool {
        has(&self.allowed, state)
    }

    /// Why the operation is absent from a state, if it is.
    pub fn absent(&self, state: &str) -> Option<&str> {
        let absent = self
            .absent
            .iter()
            .find(|absent| absent.state.get_ref() == state);
        absent.map(|absent| absent.why.as_str())
    }

    /// The claim that a cell of a state serves.
    pub fn claim_in(&self, state: &str) -> &str {
        let own = self.claims.iter().find(|claim| has(&claim.states, state));
        own.map_or(self.claim.get_ref(), |own| own.claim.get_ref())
    }
}

/// Whether a list of names has a name.
pub fn has(names: &[Spanned<String>], name: &str) -> bool {
    names.iter().any(|known| known.get_ref() == name)
}
