//! An instrumented DRM core and driver core behind the C ABI.
//!
//! The crate defines the `extern "C"` functions that [`bindings`] declares, following the behaviour
//! of the real C core, and watches how they are used: every event is recorded in order, and every
//! misuse becomes a [violation](oracle::violations) with a stable name. It knows nothing of the Rust
//! abstractions above it.
//!
//! Programs bring hardware with [`bus`], act as userspace with [`client`], and are run by
//! [`runner::main`], which reports what the [`oracle`] saw. [`fault`] makes fallible calls fail.

#[macro_use]
mod macros;

mod abi;
mod arena;
mod base;
pub mod bus;
mod channel;
pub mod client;
mod clk;
mod consumer;
mod crash;
pub mod data;
mod drm;
mod errno;
pub mod fault;
mod gpu;
mod inhabitants;
mod io;
mod missing;
mod mm;
mod mutex;
mod names;
pub mod oracle;
mod printk;
mod regulator;
mod report;
pub mod runner;
mod srcu;
mod sync;
mod thread;
mod time;
#[cfg(kernel_tree)]
mod tree;
mod workqueue;

pub use errno::Errno;
