//! What is judged, with an edit, built again by rustc alone.
//!
//! Cargo builds the packages once and its calls of rustc are recorded. For a
//! mutant, only those calls are made again that its edit concerns, over a copy
//! of the sources. Nobody else sees the copy, and nothing is built twice. The
//! crate of a kernel tree is compiled from a copy of the tree.

mod attempt;
mod call;
mod copy;

mod recording;

mod build;
mod tree;

pub use attempt::Attempt;
pub use attempt::Whose;
pub use build::Mutated;
pub use build::Recorder;
pub use copy::Copy;
pub use tree::MutatedTree;
pub use tree::Original;
