//! The crate `pinned_init` as drivers know it: macros that expand to its paths find it here.
//!
//! Where `pinned-init` 0.0.10 lets `repr(packed)` misplace the fields of a struct, the macros of the
//! shim do not. Everything else is that crate's own.
#![no_std]

pub use kernel_shim::__pin_data;
pub use kernel_shim::init_macro as init;
pub use kernel_shim::pin_init;
pub use kernel_shim::try_init;
pub use kernel_shim::try_pin_init;

pub use kernel_shim::__pinned_init::__derive_zeroable;
pub use kernel_shim::__pinned_init::__maybe_derive_zeroable;
pub use kernel_shim::__pinned_init::__pinned_drop;
pub use kernel_shim::__pinned_init::init_from_closure;
pub use kernel_shim::__pinned_init::pin_data;
pub use kernel_shim::__pinned_init::pin_init_from_closure;
pub use kernel_shim::__pinned_init::pinned_drop;
pub use kernel_shim::__pinned_init::InPlaceWrite;
pub use kernel_shim::__pinned_init::Init;
pub use kernel_shim::__pinned_init::MaybeZeroable;
pub use kernel_shim::__pinned_init::PinInit;
pub use kernel_shim::__pinned_init::PinnedDrop;
pub use kernel_shim::__pinned_init::Zeroable;
