//! What cases share where a device is of the first posted version of the typestate.
//!
//! Its signatures are those of Linux 7.2 and its names are others, so everything is taken from the
//! helpers for that one, which name contexts by [`Context`].
#![no_std]

#[path = "../../linux-7.2/src/helpers.rs"]
mod helpers;
#[path = "../../linux-7.2/src/minimal.rs"]
mod minimal;
#[path = "../../linux-7.2/src/other.rs"]
mod other;
#[path = "../../linux-7.2/src/probe.rs"]
mod probe;
#[path = "../../linux-7.2/src/sample.rs"]
mod sample;
#[path = "../../src/tracked.rs"]
mod tracked;

pub use helpers::{
    needs_send, needs_static, needs_sync, refused, syscall, with_parent, with_registration,
    Registered,
};
pub use other::{Other, OtherBuffer, OtherClient};
pub use probe::{data, failing_data, Buffer, Client, Data, Probe};
pub use sample::{sample_parent, with_registered_sample, with_sample, Lends, Sample};
pub use tracked::Tracked;

/// What every context is, by the name of this generation.
pub use kernel::drm::DeviceCtx as Context;

use kernel::{str::CStr, ModuleMetadata, ThisModule};

/// The module that cases belong to.
///
/// Nothing in this generation names it; a case that declares a driver in full still may.
pub struct LocalModule;

impl ModuleMetadata for LocalModule {
    const NAME: &'static CStr = c"case";
}

impl LocalModule {
    /// The module, by the name that its metadata has in later generations.
    pub const THIS_MODULE: ThisModule = {
        // SAFETY: A module that is built in has no `struct module`.
        unsafe { ThisModule::from_ptr(core::ptr::null_mut()) }
    };
}
