//! Mutants: small edits of what is judged, each of which takes a promise away.
//!
//! Only declares its files, in floors, the lowest first. An *operator* knows one
//! kind of edit and finds the places where it can be made; a file in
//! `operators/` is all that a new one needs. Others somebody
//! writes by hand. Nothing here builds or judges.

mod mutant;
mod site;
mod states;

mod place;
mod syntax;

mod facts;
mod stateful;

mod source;

mod added;
mod body;
mod bounds;
mod operator;
mod quantified;
mod tail;
mod tokens;

mod operators;

pub mod by_hand;
pub mod causes;
pub mod waiver;

mod generate;

pub use generate::mutants;
pub use mutant::apply;
pub use mutant::Edit;
pub use mutant::Effect;
pub use mutant::Mutant;
pub use mutant::Texts;
pub use operators::all;
pub use states::State;
pub use states::States;

#[cfg(test)]
mod tests;
