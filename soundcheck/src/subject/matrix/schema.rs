//! The format of a contract: contexts, states, operations and routes as data.
//!
//! Owns the tables but those of operations, and what one table says by itself.
//! How a contract is read is in `load`, and what it expands to in `cell`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::subject::matrix::hole::Hole;
use crate::subject::matrix::name::Name;
use crate::subject::matrix::operation::Expected;
use crate::subject::matrix::operation::Operation;
use crate::subject::matrix::operation::Takes;
use crate::subject::matrix::sources::Sources;

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
    /// The files that it was read from.
    #[serde(skip)]
    pub sources: Sources,
}

/// What is known about a device.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// The name of the type.
    pub name: Name,
    /// The contexts that it derefs to.
    #[serde(default, rename = "weakens-to")]
    pub weakens_to: Vec<Name>,
}

/// What a program has in its hands.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct State {
    /// The name in ids.
    pub name: Name,
    /// The words for it, to follow "of".
    pub of: String,
    /// What rustc prints for it.
    pub word: String,
    /// The context that the type names, if it does.
    pub context: Option<Name>,
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
    pub before: Option<Name>,
    /// What happens to the owned `dev` before it is used again.
    #[serde(default)]
    pub setup: String,
    /// What `setup` needs.
    #[serde(default)]
    pub helper: String,
    /// The error where only `setup` is in the way.
    pub error: Option<Name>,
    /// The states to look for a twin in, the nearest first.
    #[serde(default)]
    pub near: Vec<Name>,
    /// Routes that make no sense from here.
    #[serde(default)]
    pub without: Vec<Name>,
    /// Operations of which nobody has said yet whether they are allowed here.
    #[serde(default)]
    pub undecided: Vec<Name>,
    /// The ways in which a program that runs comes to have it, each with `@case`.
    #[serde(default)]
    pub make: Vec<Name>,
    /// The states whose ways are tried instead, each with its context.
    #[serde(default)]
    pub stands_for: Vec<Name>,
    /// Why no program runs from here, if none does.
    pub idle: Option<Name>,
}

/// An explicit dereference.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deref {
    /// The state that it leads to.
    pub to: Name,
    /// The expression.
    pub by: String,
}

/// A way to try an operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Route {
    /// The name in ids.
    pub name: Name,
    /// The words for it: "by a method call".
    #[serde(default)]
    pub by: String,
    /// The operations it is for.
    #[serde(default = "devices")]
    pub takes: Vec<Takes>,
    /// The set that it belongs to.
    #[serde(default)]
    pub set: Set,
    /// The items of the program, before its `case`.
    pub items: Option<Name>,
    /// The body of its `case`, if the function is the usual one.
    pub case: Option<Name>,
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
    pub states: Vec<Name>,
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
    pub idle: Option<Name>,
    #[serde(skip)]
    text: OnceLock<String>,
}

/// The sets of routes, which operations can name like routes.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Set {
    /// What every operation is tried by.
    Basic,
    /// What is left of all.
    #[default]
    Full,
}

/// Public items that nothing is done with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exempt {
    /// The items.
    pub items: Vec<Name>,
    /// Why they are no operations.
    pub why: String,
}

fn driver_bounds() -> String {
    "drm::Driver".to_owned()
}

fn devices() -> Vec<Takes> {
    vec![Takes::Borrowed, Takes::Owned]
}

fn the_device() -> String {
    "@dev".to_owned()
}

fn yes() -> bool {
    true
}

impl Contract {
    /// The name of the generation, if it is not the API of the workspace.
    pub fn generation_name(&self) -> Option<&str> {
        self.generation.as_deref()
    }

    /// The state of a name.
    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|state| *state.name == *name)
    }
}

impl Route {
    /// The program: the items, and the usual `case` around its body.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let mut text = self.items.as_deref().unwrap_or_default().to_owned();
            if let Some(body) = &self.case {
                let head = match self.takes.contains(&Takes::Source) {
                    true => "fn case@generics{'a}(@from)@bounds {\n    @first\n",
                    false => "fn case@generics(@param)@bounds {\n    @setup\n",
                };
                let body = body.trim_matches('\n').replace('\n', "\n    ");
                text.push_str(&format!("\n{head}    {body}\n}}\n"));
            }
            text
        })
    }
}

impl Set {
    /// Every set.
    pub const ALL: [Self; 2] = [Self::Basic, Self::Full];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Set::Basic => "basic",
            Set::Full => "full",
        }
    }
}

macro_rules! named {
    ($($type:ty),*) => {$(
        impl $type {
            /// The name.
            pub fn name(&self) -> &str {
                &self.name
            }
        }
    )*};
}

named!(Context, State, Operation, Route);
