//! Whoever holds a guard and unbinds the parent of the device waits for the guard.
//!
//! Unbinding ends the registrations that the bus owns. Each is unplugged, which waits for the
//! sections of every device, also for one that the unbinding thread is in itself. Nothing is used
//! after its end.
//!
//! Where: `RegistrationGuard`, and `Registration::new_foreign_owned`; `drivers/gpu/drm/drm_drv.c`,
//! `drm_dev_unplug`.
//!
//! To close it: in the types, not at all, because a thread has no type. A kernel with the lock
//! checker could report it, if `drm_dev_unplug()` said that it must not be called in a section.
//@ claim: held-is-given-back
//@ violation: unplug-inside-section
use driver::{data, registration_data, Probe};
use kernel::error::{code::ENODEV, Result};
use kernel::{drm, faux};

pub fn main() -> Result {
    let parent = faux::Registration::new(c"probe", None)?;
    let dev = drm::UnregisteredDevice::<Probe>::new(parent.as_ref(), data())?;
    let data = registration_data(7, None);
    let dev = drm::Registration::new_foreign_owned(parent.as_ref().as_ref(), dev, data, 0)?;
    let ever = drm::EverRegistered::from(dev);
    let guard = ever.registration_guard().ok_or(ENODEV)?;
    drop(parent);
    drop(guard);
    Ok(())
}
