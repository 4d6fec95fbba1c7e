//! A wedged event of a device that was unplugged: the node that it names is gone.
//@ claim: wedged-needs-registered
//@ violation: registered-only-call
use driver::{with_registration, Probe};
use kernel::drm::Device;
use kernel::error::Result;
use kernel::sync::aref::ARef;
use std::ptr::null_mut;

pub fn main() -> Result {
    let handle: ARef<Device<Probe>> =
        with_registration(|registration| Ok(registration.device().into()))?;
    let dev: *const Device<Probe> = &raw const *handle;
    let method = bindings::DRM_WEDGE_RECOVERY_REBIND as usize;
    // SAFETY: `struct drm_device` is the first field of a device, which is alive. BREAKS the
    // requirement that the device is registered.
    unsafe { bindings::drm_dev_wedged_event(dev.cast_mut().cast(), method, null_mut()) };
    Ok(())
}
