//! What rustc says about each case that must fail, as text that people review.
//!
//! A snapshot has the code, message, places, labels and notes of each error of
//! a case, and no help. It is kept for each toolchain, on a [`Home`]. It proves
//! nothing: the marks of a case do, and only people write them.

mod difference;
mod entry;
mod file;
mod home;
mod snapshots;
mod toolchains;

#[cfg(test)]
mod tests;

pub use difference::compare;
pub use difference::describe;
pub use difference::Change;
pub use entry::entry;
pub use home::Home;
pub use snapshots::Snapshots;
pub use toolchains::Toolchains;
