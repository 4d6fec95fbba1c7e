//! Unplugging on the thread that holds a guard: it waits for the guard, which waits for it.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
//@ violation: unplug-inside-section
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device, Ioctl};
use kernel::error::{code::ENODEV, Result};

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let raw: *mut bindings::drm_device = (&raw const *dev).cast_mut().cast();
        let dev: *const Device<Probe> = &raw const *dev;
        // SAFETY: `struct drm_device` is the first field of a device, which was never registered.
        // Nobody asks for its registration data.
        kernel::error::to_result(unsafe { bindings::drm_dev_register(raw, 0) })?;
        // SAFETY: Contexts share one layout, and the device is registered.
        let dev: &Device<Probe, Ioctl> = unsafe { &*dev.cast() };
        let guard = dev.registration_guard().ok_or(ENODEV)?;
        // SAFETY: The device is registered. BREAKS the requirement to be outside of its sections.
        unsafe { bindings::drm_dev_unplug(raw) };
        drop(guard);
        Ok(())
    })
}
