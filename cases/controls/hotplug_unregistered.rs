//! A hotplug event of a device that userspace does not know: there is no node to name in it.
//@ claim: hotplug-needs-registered
//@ violation: registered-only-call
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device};
use kernel::error::Result;

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let dev: *const Device<Probe> = &raw const *dev;
        // SAFETY: `struct drm_device` is the first field of a device, which is alive. BREAKS the
        // requirement that the device is registered.
        unsafe { bindings::drm_sysfs_hotplug_event(dev.cast_mut().cast()) };
        Ok(())
    })
}
