//! Registering a device that is registered already.
//@ claim: register-consumes
//@ generations: api, linux-7.3, linux-7.2
//@ violation: double-registration
use driver::{with_registration, Probe};
use kernel::drm::Device;
use kernel::error::Result;

pub fn main() -> Result {
    with_registration(|registration| {
        let dev: *const Device<Probe> = registration.device();
        // SAFETY: `struct drm_device` is the first field of a device, which is alive. BREAKS the
        // requirement that the device was never registered.
        unsafe { bindings::drm_dev_register(dev.cast_mut().cast(), 0) };
        Ok(())
    })
}
