//! What cases share where a device is of Linux 7.2: the same names as in the crate for later
//! generations, with the signatures of that one.
//!
//! It is compiled against the kernel crate of a tree and never against the API of the workspace, so
//! cargo does not know it. What does not depend on the generation is taken from there.
#![no_std]

mod helpers;
#[path = "../../src/loaded.rs"]
mod loaded;
mod minimal;
mod other;
mod probe;
mod sample;
#[path = "../../src/tracked.rs"]
mod tracked;

pub use helpers::{
    gone, needs_send, needs_static, needs_sync, refused, syscall, with_parent, with_registration,
    Registered,
};
pub use loaded::Loaded;
pub use other::{Other, OtherBuffer, OtherClient};
pub use probe::{data, failing_data, Buffer, Client, Data, Probe};
pub use sample::{sample_parent, with_registered_sample, with_sample, Lends, Sample};
pub use tracked::Tracked;

/// What every context is, by the name of this generation.
pub use kernel::drm::DeviceContext as Context;

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
