//! The ground: compilers, processes, files, and what can be wrong with them.
//!
//! Knows no case and no verdict.

pub mod artifacts;
pub mod compiler;
pub mod diagnostic;
pub mod flavor;
pub mod key;
pub mod problem;
pub mod process;
pub mod record;
mod rustc;
pub mod store;
pub mod toolchain;
pub mod workspace;
