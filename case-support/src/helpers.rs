//! Small helpers of cases and programs.

use kernel::prelude::*;
use kernel::{device, faux};

/// Compiles only for a type that may be sent to another thread.
pub fn needs_send<X: Send>() {}

/// Compiles only for a type that may be shared between threads.
pub fn needs_sync<X: Sync>() {}

/// Compiles only for a type that borrows nothing.
pub fn needs_static<X: 'static>(_: X) {}

/// Runs `f` below a faux device, which is unbound when `f` returns.
pub fn with_parent<R>(f: impl FnOnce(&faux::Device<device::Bound>) -> Result<R>) -> Result<R> {
    let parent = faux::Registration::new(c"probe", None)?;
    f(parent.as_ref())
}
