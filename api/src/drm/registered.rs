//! What can be done with a device only while it is registered.
//!
//! Every operation first asserts that unplugging has to wait for it, as a lock's owner would
//! assert that it holds the lock; the assertion is what makes a misuse visible at run time.

use super::device::{Device, Registered};
use crate::drm;
use crate::error::{to_result, Result};
use core::ptr::null_mut;

/// How userspace can recover a wedged device; see [`Device::wedged_event`].
///
/// The values are the `DRM_WEDGE_RECOVERY_*` bits of `include/drm/drm_device.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WedgeRecovery {
    /// Nothing has to be done; the event is telemetry.
    None,
    /// Unbind the driver and bind it again.
    Rebind,
    /// Unbind the driver, reset the bus device, and bind it again.
    BusReset,
    /// What the vendor's documentation says.
    Vendor,
}

impl WedgeRecovery {
    const fn bits(self) -> usize {
        let bit = match self {
            Self::None => bindings::DRM_WEDGE_RECOVERY_NONE,
            Self::Rebind => bindings::DRM_WEDGE_RECOVERY_REBIND,
            Self::BusReset => bindings::DRM_WEDGE_RECOVERY_BUS_RESET,
            Self::Vendor => bindings::DRM_WEDGE_RECOVERY_VENDOR,
        };
        bit as usize
    }
}

impl<T: drm::Driver> Device<T, Registered> {
    pub(super) fn assert_entered(&self) {
        // SAFETY: `self` is alive, so its `struct drm_device` is valid.
        unsafe { bindings::drm_dev_assert_entered(self.as_raw()) };
    }

    /// Runs `f` on the registration data.
    ///
    /// The data may hold borrows that are valid for some lifetime `'a`, of which `f` learns only
    /// that it covers `'b`. With a single lifetime for both, `f` could store a reference to the
    /// data in the data itself and read freed memory when it is dropped.
    pub fn registration_data_with<R, F>(&self, f: F) -> R
    where
        F: for<'a, 'b> FnOnce(&'b T::RegistrationData<'a>) -> R,
    {
        self.assert_entered();

        // SAFETY: By the invariant of `Registered` the data was published and is alive while
        // `self` is borrowed, and nobody writes the pointer after registration. It is shared with
        // other threads, which `RegistrationData: Sync` allows. The lifetime that its borrows
        // really have is hidden from `f`, which must work for any.
        f(unsafe { (*self.registration_data.get()).as_ref() })
    }

    /// Tells userspace that an output was connected or disconnected.
    ///
    /// C: `drm_sysfs_hotplug_event()` in `drivers/gpu/drm/drm_sysfs.c`.
    pub fn hotplug_event(&self) {
        self.assert_entered();

        // SAFETY: By the invariant of `Registered` the nodes that the event names exist.
        unsafe { bindings::drm_sysfs_hotplug_event(self.as_raw()) };
    }

    /// Tells userspace that the device hangs, and how it can be recovered.
    ///
    /// C: `drm_dev_wedged_event()` in `drivers/gpu/drm/drm_drv.c`.
    ///
    /// # Errors
    ///
    /// What sending the event fails with, for example `ENOMEM`.
    pub fn wedged_event(&self, recovery: WedgeRecovery) -> Result {
        self.assert_entered();

        // SAFETY: By the invariant of `Registered` the primary node that the event names exists;
        // the task information is optional.
        to_result(unsafe {
            bindings::drm_dev_wedged_event(self.as_raw(), recovery.bits(), null_mut())
        })
    }

    /// The minor number of `/dev/dri/cardN`: its `N`.
    ///
    /// # Errors
    ///
    /// `ENODEV` when the device has no such node.
    pub fn primary_minor(&self) -> Result<u32> {
        self.minor(bindings::drm_minor_type_DRM_MINOR_PRIMARY)
    }

    /// The minor number of `/dev/dri/renderDN`: its `N`, from 128.
    ///
    /// # Errors
    ///
    /// `ENODEV` when the driver has no render node; see [`drm::Driver::FEAT_RENDER`].
    pub fn render_minor(&self) -> Result<u32> {
        self.minor(bindings::drm_minor_type_DRM_MINOR_RENDER)
    }

    fn minor(&self, kind: bindings::drm_minor_type) -> Result<u32> {
        self.assert_entered();

        // SAFETY: `self` is alive, so its `struct drm_device` and its minors are valid.
        let index = unsafe { bindings::drm_dev_minor_index(self.as_raw(), kind) };

        to_result(index).map(|()| index as u32)
    }
}
