//! Whoever holds a guard and registers a device waits for the guard, if registering fails.
//!
//! A guard lends its parent as bound, and that is all that making and registering another device
//! needs. `drm_dev_register()` makes the nodes first. If something fails later, clients may be inside
//! already, so it waits for the sections of every device, also for one that the thread is in itself.
//! Nothing is used after its end. The program makes the last node fail.
//!
//! Where: `RegistrationGuard`, and `Registration::new_foreign_owned`; `drivers/gpu/drm/drm_drv.c`,
//! `drm_dev_register`.
//!
//! To close it: lend the parent by a guard in a context in which nothing can be registered.
//@ claim: held-is-given-back
//@ violation: unplug-inside-section
use driver::{data, registration_data, with_registration, Probe};
use hw_stub::fault;
use kernel::error::{code::ENODEV, Result};
use kernel::{device, drm, faux};

pub fn main() -> Result {
    with_registration(|registration| {
        let guard = registration.ioctl_device().registration_guard();
        let guard = guard.ok_or(ENODEV)?;
        let parent: &faux::Device<device::Bound> = guard.as_ref();
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let next = fault::calls_of("drm_dev_register") + 1;
        fault::fail_call("drm_dev_register", next);
        let data = registration_data(8, None);
        let second = drm::Registration::new_foreign_owned(parent.as_ref(), dev, data, 0);
        assert!(second.is_err());
        Ok(())
    })
}
