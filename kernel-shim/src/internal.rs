//! What the crate named `kernel` builds `drm` from, and does not hand on to drivers.
//!
//! Everything in here is safe to call; but it lets safe code reach C devices, and register with the
//! bus adapter, which only an abstraction can do right.

use crate::device::{Device, DeviceContext};

pub use crate::registrations::{add, Managed};

/// Access to the C device behind a [`Device`].
pub trait DeviceExt {
    /// The C device.
    fn as_raw(&self) -> *mut bindings::device;
}

impl<Ctx: DeviceContext> DeviceExt for Device<Ctx> {
    fn as_raw(&self) -> *mut bindings::device {
        Device::as_raw(self)
    }
}
