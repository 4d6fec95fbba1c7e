//! The matrix: operation x state x route, expanded from a contract
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
mod hole;
mod operation;

mod schema;

mod check;
mod running;
mod undecided;

mod cell;

mod live;
mod report;
mod side;

mod program;

mod cases;
mod committed;
mod holes;

mod load;

pub use cases::cases;
pub use cell::Cell;
pub use cell::Permission;
pub use committed::committed;
pub use committed::format;
pub use committed::stale;
pub use committed::update;
pub use committed::FOLDER;
pub use hole::Hole;
pub use holes::mistakes;
pub use load::load;
pub use load::open;
pub use load::parse;
pub use operation::Operation;
pub use program::cells;
pub use program::programs;
pub use program::Program;
pub use report::CellEntry;
pub use report::Report;
pub use schema::Context;
pub use schema::Contract;
pub use schema::State;
pub use undecided::invariants;
