//! Proof that a device is registered now, for as long as one holds it.

use super::device::{Device, Ioctl, Registered};
use crate::drm;
use crate::types::NotThreadSafe;
use core::ops::Deref;

/// Keeps a device registered, and its parent bound, while it lives.
///
/// It is a `drm_dev_enter()` section (`drivers/gpu/drm/drm_drv.c`): unplugging the device waits
/// until the guard is dropped. It stays on its thread, as the section does.
///
/// The sections of all DRM devices are of one kind: unplugging *any* of them waits for every guard.
/// So dropping a registration on a thread that holds a guard, or leaking a guard, makes unplugging
/// wait forever; and so does registering on such a thread, if it fails. That is a deadlock, not a
/// memory error.
///
/// # Invariants
///
/// `self.idx` was returned by a `drm_dev_enter()` that succeeded for `self.dev` and is not yet
/// matched by a `drm_dev_exit()`.
#[must_use = "the device stays registered only while the guard lives"]
pub struct RegistrationGuard<'a, T: drm::Driver> {
    dev: &'a Device<T, Registered>,
    idx: i32,
    _not_send: NotThreadSafe,
}

impl<T: drm::Driver> Device<T, Ioctl> {
    /// Keeps the device registered, or returns [`None`] when it is being unregistered already.
    ///
    /// Only a device that was registered once can be asked: on one that never was,
    /// `drm_dev_enter()` would succeed although there is no registration data.
    pub fn registration_guard(&self) -> Option<RegistrationGuard<'_, T>> {
        let mut idx = 0;

        // SAFETY: `self` is alive, so its `struct drm_device` is valid.
        if !unsafe { bindings::drm_dev_enter(self.as_raw(), &mut idx) } {
            return None;
        }

        // INVARIANT: `drm_dev_enter()` succeeded just now.
        Some(RegistrationGuard {
            // SAFETY: By the invariant of `Ioctl`, entering succeeds only while the registration
            // data is alive; `drm_dev_unplug()`, which precedes its end and the parent's unbinding,
            // waits for the section that the guard holds.
            dev: unsafe { self.assume_ctx() },
            idx,
            _not_send: NotThreadSafe,
        })
    }
}

impl<T: drm::Driver> Deref for RegistrationGuard<'_, T> {
    type Target = Device<T, Registered>;

    #[inline]
    fn deref(&self) -> &Self::Target {
        self.dev
    }
}

impl<T: drm::Driver> Drop for RegistrationGuard<'_, T> {
    fn drop(&mut self) {
        // SAFETY: By the type invariant the section is open, and it was entered on this thread,
        // which the guard cannot leave.
        unsafe { bindings::drm_dev_exit(self.idx) };
    }
}
