//! Asking a device that was never registered for a guard: drm_dev_enter() succeeds, and the guard
//! lends registration data that was never there.
//@ claim: guard-needs-ioctl
//@ generations: api, linux-7.3
//@ violation: registered-only-call, linux-7.3: wild-access
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
        // Here an assertion comes first; in the kernel the pointer that dangles is read.
        guard.registration_data_with(|data| assert!(!cfg!(kernel_tree) || data.value > 0));
        Ok(())
    })
}
