//! The thin part of the kernel crate that `drm` and drivers need, in userspace.
//!
//! Names and signatures are those of the `kernel` crate of Linux 7.3; the code is our own and
//! stands on the C ABI of the `bindings` crate. The crate named `kernel` re-exports what is here,
//! item by item, and adds `drm`. The module [`internal`] is for that crate alone.
#![no_std]

#[cfg(test)]
extern crate hw_stub as _;
#[cfg(test)]
extern crate std;

pub mod alloc;
pub mod auxiliary;
pub mod build_assert;
pub mod clk;
pub mod device;
pub mod device_id;
pub mod devres;
pub mod driver;
pub mod error;
pub mod faux;
pub mod ffi;
pub mod fmt;
pub mod init;
#[doc(hidden)]
pub mod internal;
pub mod io;
pub mod ioctl;
pub mod module;
pub mod of;
pub mod page;
pub mod pci;
pub mod platform;
pub mod prelude;
pub mod print;
pub mod ptr;
mod registrations;
pub mod regulator;
pub mod revocable;
pub mod sizes;
pub mod str;
pub mod sync;
pub mod time;
pub mod types;
pub mod uapi;
pub mod workqueue;

pub use module::InPlaceModule;
pub use module::Module;
pub use module::ModuleMetadata;
pub use module::ThisModule;

#[doc(hidden)]
pub use macros as __macros;
#[doc(hidden)]
pub use pinned_init as __pinned_init;
