//! Allocating the handle's size instead of the device's, as the first postings of the patch did.
//@ claim: allocation-covers-device
//@ generations: api, linux-7.3, linux-7.2
//@ violation: allocation-too-small
use driver::{data, with_parent, Probe};
use kernel::drm;
use kernel::error::{from_err_ptr, Result};

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let raw: *const bindings::drm_device = (&raw const *dev).cast();
        let size = size_of::<drm::UnregisteredDevice<Probe>>();
        // SAFETY: Parent and driver are those of a device that is alive. BREAKS the requirement
        // that the size covers the `struct drm_device`.
        let result = unsafe { bindings::__drm_dev_alloc((*raw).dev, (*raw).driver, size, 0) };
        assert!(from_err_ptr(result).is_err());
        Ok(())
    })
}
