//! Subjects: what the judge judges, as data, and what is particular to each.
//!
//! A subject is a file in one format. It is the package of a workspace, built
//! by cargo, or the kernel crate of a tree, built as the kernel builds it. A
//! contract says what may be done with it, and expands into programs.

pub mod cargo;
mod chain;
mod configuration;
pub mod drivers;
pub mod kernel;
pub mod load;
pub mod manifest;
pub mod matrix;
pub mod mutated;
pub mod mutation;
pub mod surface;
pub mod target;
