//! What cases share: a probe driver, a second driver to confuse it with, and small helpers.
//!
//! It uses nothing but the kernel's names, so that it also compiles against a real kernel crate,
//! and it is rebuilt for each. Data whose life matters is [`Tracked`], which tells the stub when it
//! is constructed and dropped, because C cannot see that.
#![no_std]

mod helpers;
mod loaded;
mod minimal;
mod other;
mod probe;
mod sample;
mod tracked;

pub use helpers::{
    ever_registered, gone, ioctl_device, needs_send, needs_static, needs_sync, refused, syscall,
    with_parent, with_registered, with_registration, ClosingFile, Ever,
};
pub use loaded::Loaded;
pub use other::{Other, OtherBuffer, OtherClient};
pub use probe::{
    data, failing_data, failing_registration_data, registration_data, Buffer, Client, Data, Probe,
    RegistrationData,
};
pub use sample::{sample_parent, with_registered_sample, with_sample, Lends, Sample};
pub use tracked::Tracked;

use kernel::{str::CStr, ModuleMetadata, ThisModule};

/// The module that cases belong to.
///
/// `#[vtable]` names it as `crate::LocalModule`, so a crate made of cases says
/// `use driver::LocalModule;`.
pub struct LocalModule;

impl ModuleMetadata for LocalModule {
    const NAME: &'static CStr = c"case";
    const THIS_MODULE: ThisModule = {
        // SAFETY: A module that is built in has no `struct module`.
        unsafe { ThisModule::from_ptr(core::ptr::null_mut()) }
    };
}
