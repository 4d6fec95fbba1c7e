//! The kernel crate of a kernel tree, as something that can be judged.
//!
//! Owns the tree, which generation of the API is in it, and how its crates are
//! built in userspace. The lanes see crates to link, like those of the
//! workspace.

mod build;
mod crates;
mod features;
mod generation;
mod store;
mod tree;

pub use build::Kernel;
pub use generation::Generation;
pub use generation::Surroundings;
pub use tree::Tree;

#[cfg(test)]
pub(crate) use tree::tests::prepared;
