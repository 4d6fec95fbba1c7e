//! What rustc says about each case of `ui-fail/`, as text that people review.
//!
//! A snapshot has the code, message, places, labels and notes of each error of
//! a case, and no help. It is kept for each toolchain, below `FOLDER`. It is no
//! contract: those are in the cases, and only people write them.

mod difference;
mod entry;
mod file;
mod store;
mod toolchains;

#[cfg(test)]
mod tests;

pub use difference::compare;
pub use difference::describe;
pub use difference::Change;
pub use entry::entry;
pub use store::file_of;
pub use store::Store;
pub use toolchains::Toolchains;

/// The folder with a folder for each toolchain, below the root.
pub const FOLDER: &str = "snapshots/diagnostics";
