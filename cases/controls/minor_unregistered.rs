//! The minor number of a device that is not registered: it stands for no node, or soon for another
//! device's.
//@ claim: minor-needs-registered
//@ violation: registered-only-call
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device};
use kernel::error::Result;

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let dev: *const Device<Probe> = &raw const *dev;
        let primary = bindings::drm_minor_type_DRM_MINOR_PRIMARY;
        // SAFETY: `struct drm_device` is the first field of a device, which is alive. BREAKS the
        // requirement that the device is registered.
        unsafe { bindings::drm_dev_minor_index(dev.cast_mut().cast(), primary) };
        Ok(())
    })
}
