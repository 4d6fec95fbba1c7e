//! The matrix: operation x state x route, expanded from `contracts/api.toml`
//! into programs.
//!
//! Only declares its files, in floors, the lowest first: each imports from those
//! of earlier paragraphs. The lanes judge the programs like cases that people
//! wrote.

mod name;
mod sources;
mod template;

mod difference;
mod gap;
mod operation;
mod surface;

mod schema;

mod check;
mod running;
mod undecided;

mod cell;

mod live;
mod report;
mod side;

mod program;
mod table;

mod cases;
mod committed;

mod load;

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
