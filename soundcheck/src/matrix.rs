//! The matrix: operation x state x route, expanded from `contracts/api.toml`
//! into programs.
//!
//! Only declares its files, the lowest first: each imports from those above it
//! in this list. The lanes judge the programs like cases that people wrote.

mod gap;
mod name;
mod operation;
mod sources;
mod template;

mod schema;

mod check;
mod difference;
mod running;
mod undecided;

mod cell;

mod live;
mod side;

mod source;

mod program;

mod cases;
mod committed;
mod surface;

mod load;
mod report;

mod table;

mod command;

pub use cases::cases;
pub use cell::Cell;
pub use cell::Permission;
pub use cell::Verdict;
pub use command::run;
pub use command::Options;
pub use committed::committed;
pub use committed::stale;
pub use load::load;
pub use load::open;
pub use load::parse;
pub use name::Name;
pub use operation::Operation;
pub use program::programs;
pub use program::Program;
pub use running::Execution;
pub use schema::Context;
pub use schema::Contract;
pub use schema::State;
pub use sources::Fault;
pub use sources::Sources;
pub use sources::CONTRACT;
pub use surface::Surface;
pub use table::Format;
pub use undecided::invariants;
pub use undecided::Undecided;
