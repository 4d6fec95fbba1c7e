//! The kernel's own drivers as input: what is said about each of them, and whether it compiles and
//! runs, over the kernel crate of its tree and over the API here.

mod compile;
mod driver;
pub mod lane;
mod missing;
mod pair;
mod verdict;

pub use driver::find;
pub use driver::Driver;
