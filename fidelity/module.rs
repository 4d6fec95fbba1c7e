//! The driver as a part of a real kernel.

mod driver;
mod steps;

/// What `#[vtable]` names as the module of a driver.
use driver::LocalModule;

/// What a driver gets while a file loses a handle: the open file.
type ClosingFile<F> = kernel::drm::File<F>;
