//! A soundness harness for typestate APIs, those of the kernel crate first.
//!
//! Four floors, and imports go down only: the *ground* has compilers, processes
//! and files; the *judge* cases, batches, lanes and verdicts; a *subject* is
//! data, with what its contract adds; *commands* and *reports* are on top. The
//! tool links neither what it judges nor the cases: it only drives them.

// What is public here besides is there for the tests of this package alone.
#[cfg(feature = "internals")]
pub mod command;
#[cfg(not(feature = "internals"))]
mod command;
#[cfg(feature = "internals")]
pub mod ground;
#[cfg(not(feature = "internals"))]
mod ground;
#[cfg(feature = "internals")]
pub mod judge;
#[cfg(not(feature = "internals"))]
mod judge;
#[cfg(feature = "internals")]
pub mod report;
#[cfg(not(feature = "internals"))]
mod report;
#[cfg(feature = "internals")]
pub mod subject;
#[cfg(not(feature = "internals"))]
mod subject;

pub use command::check::check;
pub use command::main;
pub use command::options::CheckOptions;
pub use command::share::root_around;
pub use command::share::Share;
pub use judge::event::Summary;
pub use judge::lane::Lane;
pub use judge::terms::Terms;
pub use subject::kernel::KernelOptions;
