//! Asking a device that was never registered for a guard: drm_dev_enter() succeeds, and the guard
//! lends registration data that was never there.
//@ claim: guard-needs-ioctl
//@ violation: registered-only-call
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device, Ioctl};
use kernel::error::{code::ENODEV, Result};

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let dev: *const Device<Probe> = &raw const *dev;
        // SAFETY: Contexts share one layout. BREAKS the invariant of `Ioctl`: nobody has published
        // registration data.
        let dev: &Device<Probe, Ioctl> = unsafe { &*dev.cast() };
        let guard = dev.registration_guard().ok_or(ENODEV)?;
        // The data is not touched: the pointer dangles.
        guard.registration_data_with(|_data| ());
        Ok(())
    })
}
