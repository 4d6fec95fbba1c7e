//! The commands, and the command line that they are called by.

pub mod bless;
mod call;
pub mod check;
pub mod cli;
pub mod list;
pub mod matrix;
pub mod mutants;
pub mod options;
pub mod propose;
pub mod review;
pub mod share;
pub mod watch;

pub use call::main;
