//! The driver as a part of a real kernel.

mod driver;
mod steps;

/// What `#[vtable]` names as the module of a driver.
use driver::LocalModule;
