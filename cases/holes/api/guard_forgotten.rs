//! A guard that is forgotten keeps its section open for ever, and unplugging waits for it.
//!
//! `mem::forget` is safe. The parent's driver can then not be unbound: the thread that unbinds it
//! waits in `drm_dev_unplug()`, and so does every other that unplugs a DRM device. Nothing is used
//! after its end.
//!
//! Where: `RegistrationGuard`; `drivers/gpu/drm/drm_drv.c`, `drm_dev_enter` and `drm_dev_unplug`.
//!
//! To close it: lend the registered device to a closure, which cannot keep the section open.
//@ claim: held-is-given-back
//@ generations: api, linux-7.3
//@ violation: unplug-inside-section + enter-exit-imbalance
use driver::{ioctl_device, with_registration};
use kernel::error::Result;

pub fn main() -> Result {
    with_registration(|registration| {
        core::mem::forget(ioctl_device(registration).registration_guard());
        Ok(())
    })
}
