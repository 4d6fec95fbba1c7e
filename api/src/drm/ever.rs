//! A handle that remembers that its device was registered.

use super::device::{Device, Ioctl};
use crate::drm;
use crate::sync::aref::ARef;
use core::ops::Deref;

/// A counted handle to a device that was registered with userspace at some point.
///
/// An [`ARef<Device<T>>`](ARef) forgets what was known of its device, because what is known may
/// expire. That registration once succeeded never expires, so this handle keeps it: outside of
/// ioctls, for example in a work item, it gives a [`RegistrationGuard`](drm::RegistrationGuard).
///
/// # Invariants
///
/// The invariants of [`Ioctl`] hold for the device.
///
/// # Examples
///
/// ```
/// use driver::Probe;
/// use kernel::drm::{self, EverRegistered, Ioctl};
///
/// fn announce(dev: &EverRegistered<Probe>) {
///     if let Some(guard) = dev.registration_guard() {
///         guard.hotplug_event();
///     }
/// }
///
/// fn keep(dev: &drm::Device<Probe, Ioctl>) -> EverRegistered<Probe> {
///     dev.into()
/// }
/// ```
pub struct EverRegistered<T: drm::Driver>(ARef<Device<T>>);

impl<T: drm::Driver> EverRegistered<T> {
    /// Wraps a reference.
    ///
    /// # Safety
    ///
    /// The invariants of [`Ioctl`] must hold for `dev`.
    pub(super) unsafe fn from_aref(dev: ARef<Device<T>>) -> Self {
        // INVARIANT: Promised by the caller.
        Self(dev)
    }

    pub(super) fn into_aref(self) -> ARef<Device<T>> {
        self.0
    }
}

impl<T: drm::Driver> From<&Device<T, Ioctl>> for EverRegistered<T> {
    fn from(dev: &Device<T, Ioctl>) -> Self {
        // INVARIANT: `dev` is in the `Ioctl` context.
        Self(ARef::from(&**dev))
    }
}

impl<T: drm::Driver> Clone for EverRegistered<T> {
    fn clone(&self) -> Self {
        // INVARIANT: It is the same device.
        Self(self.0.clone())
    }
}

impl<T: drm::Driver> Deref for EverRegistered<T> {
    type Target = Device<T, Ioctl>;

    fn deref(&self) -> &Self::Target {
        // SAFETY: By the type invariant; what it says never becomes false.
        unsafe { self.0.assume_ctx() }
    }
}
