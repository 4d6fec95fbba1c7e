//! The C ABI of the DRM core and the driver core, as far as the shim and the stub use it.
//!
//! Names, fields and signatures are those that bindgen produces from the C headers of Linux 7.3,
//! so that `hw-stub` compiles over this crate and over a real tree's bindings alike. Structures
//! hold only the fields that somebody here reads or writes; their layout is not the kernel's.
//! This crate contains no behaviour: the functions are declared here and defined by `hw-stub`.
#![no_std]
#![expect(
    non_camel_case_types,
    non_upper_case_globals,
    reason = "C names, spelt as bindgen spells them"
)]

mod base;
mod bus;
mod drm;
mod ffi;
mod fs;
mod hardware;
mod mm;
mod sync;

pub use base::*;
pub use bus::*;
pub use drm::*;
pub use ffi::*;
pub use fs::*;
pub use hardware::*;
pub use mm::*;
pub use sync::*;
