//! The thin part of the kernel crate that `drm` and drivers need, in userspace.
//!
//! Names and signatures are those of the `kernel` crate of Linux 7.3; the code is our own and
//! stands on the C ABI of the `bindings` crate. The crate named `kernel` re-exports what is here,
//! item by item, and adds `drm`. The module [`internal`] is for that crate alone.
#![no_std]

pub mod alloc;
pub mod device;
pub mod error;
pub mod ffi;
pub mod fmt;
pub mod init;
pub mod internal;
pub mod module;
pub mod prelude;
pub mod print;
pub mod ptr;
pub mod str;
pub mod sync;
pub mod types;

pub use module::InPlaceModule;
pub use module::Module;
pub use module::ModuleMetadata;
pub use module::ThisModule;

#[doc(hidden)]
pub use pinned_init as __pinned_init;
