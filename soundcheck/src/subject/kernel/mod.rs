//! The kernel crate of a kernel tree, as something that can be judged.
//!
//! Owns the tree, which generation of the API is in it, and what is built of it
//! in userspace. The lanes see crates to link, like those of the workspace.

mod build;
mod compiled;
mod crates;
mod features;
mod generation;
mod opened;
mod options;
mod tree;

pub use crates::build;
pub use crates::build_unlinked;
pub use crates::document;
pub use crates::prepare;
pub use opened::Kernel;
pub use options::KernelOptions;
pub use tree::Tree;

#[cfg(test)]
pub(crate) use tree::tests::prepared;
