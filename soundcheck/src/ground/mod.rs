//! The ground: compilers, processes, files, and what can be wrong with them.
//!
//! Knows no case and no verdict.

pub mod age;
pub mod artifacts;
pub mod compiler;
pub mod crash;
pub mod diagnostic;
pub mod facts;
pub mod flavor;
pub mod key;
pub mod patience;
pub mod problem;
pub mod process;
pub mod record;
mod rustc;
pub mod shelf;
pub mod stream;
pub mod toolchain;
pub mod workspace;
