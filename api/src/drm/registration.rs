//! Registration with userspace, and its end.

use super::device::{Device, Ioctl, UnregisteredDevice};
use crate::alloc::{flags::GFP_KERNEL, KBox};
use crate::device;
use crate::drm;
use crate::error::{code::EINVAL, to_result, Error, Result};
use crate::prelude::InPlaceInit;
use crate::sync::aref::ARef;
use core::pin::Pin;
use core::ptr::NonNull;
use pinned_init::PinInit;

/// A device's registration with userspace; dropping it unregisters the device.
///
/// The registration owns the data that is reachable only while it lasts: `T::RegistrationData<'a>`
/// may borrow from whatever lives for `'a`, such as the bound parent and its mapped registers.
///
/// # Invariants
///
/// - `drm_dev_register()` succeeded for `self.drm`, and only dropping `self` unplugs it.
/// - `self.data` is what the device's `registration_data` points to.
pub struct Registration<'a, T: drm::Driver> {
    drm: ARef<Device<T>>,
    // Read by nobody here: owned until the device is unplugged.
    _data: Pin<crate::alloc::KBox<T::RegistrationData<'a>>>,
}

impl<'a, T: drm::Driver> Registration<'a, T> {
    /// Registers `drm`, whose parent is `dev`, with userspace.
    ///
    /// Drivers need no `unsafe` when they use
    /// [`new_foreign_owned`](Self::new_foreign_owned) or
    /// [`new_foreign_owned_with`](Self::new_foreign_owned_with), which keep the registration where
    /// nobody can forget it.
    ///
    /// # Errors
    ///
    /// `EINVAL` when `dev` is not the parent of `drm`; what `data` or `drm_dev_register()` fails
    /// with. Nothing stays registered then, and `data` is dropped.
    ///
    /// # Safety
    ///
    /// The registration must be dropped before `'a` ends: it must not be forgotten, leaked or kept
    /// in a reference cycle. Otherwise userspace reaches data whose borrows have ended.
    pub unsafe fn new<E>(
        dev: &'a device::Device<device::Bound>,
        drm: UnregisteredDevice<T>,
        data: impl PinInit<T::RegistrationData<'a>, E>,
        flags: usize,
    ) -> Result<Self>
    where
        Error: From<E>,
    {
        if !drm.is_child_of(dev) {
            return Err(EINVAL);
        }
        let data = KBox::pin_init(data, GFP_KERNEL)?;

        // SAFETY: The caller drops the registration while `dev` is bound and the borrows in `data`
        // are valid.
        unsafe { Self::from_data(drm, data, flags) }
    }

    /// Registers `drm` with data that is initialised already.
    ///
    /// # Safety
    ///
    /// The registration must be dropped while the parent of `drm` is bound, and before `'a` ends.
    pub(super) unsafe fn from_data(
        drm: UnregisteredDevice<T>,
        data: Pin<KBox<T::RegistrationData<'a>>>,
        flags: usize,
    ) -> Result<Self> {
        let published = NonNull::from(Pin::get_ref(data.as_ref())).cast();

        // SAFETY: The device was never registered, so nobody reads the pointer yet.
        unsafe { *drm.registration_data.get() = published };

        // SAFETY: The device is initialised and was never registered, by the type invariant of
        // `UnregisteredDevice`. When this fails, the core has marked the device as unplugged and
        // waited for every section that userspace could have entered by a node that existed for a
        // moment (`drm_dev_synchronize_unplug`), so `data` may be dropped: nobody can enter again.
        to_result(unsafe { bindings::drm_dev_register(drm.as_raw(), flags) })?;

        // INVARIANT: Registration succeeded, with `data` published.
        Ok(Self {
            drm: ARef::from(&*drm),
            _data: data,
        })
    }

    /// The registered device. What is known of it ends with the registration, so nothing is.
    pub fn device(&self) -> &Device<T> {
        &self.drm
    }

    /// The registered device, known to have been registered.
    pub fn ioctl_device(&self) -> &Device<T, Ioctl> {
        // SAFETY: By the type invariant the device was registered with its data published. It is
        // unplugged before the data is dropped, and never registered again.
        unsafe { self.drm.assume_ctx() }
    }
}

impl<T: drm::Driver> Drop for Registration<'_, T> {
    fn drop(&mut self) {
        // Unregistering alone would not wait for the sections of `RegistrationGuard`, which rely
        // on the data and on the bound parent. The data is dropped after this returns.
        //
        // SAFETY: By the type invariant the device is registered, and nobody else unplugs it.
        unsafe { bindings::drm_dev_unplug(self.drm.as_raw()) };
    }
}

// SAFETY: A shared registration gives out shared references to the device only, which is `Sync`.
unsafe impl<T: drm::Driver> Sync for Registration<'_, T> {}

// SAFETY: The DRM core unplugs on any thread, and the registration data is `Send`.
unsafe impl<T: drm::Driver> Send for Registration<'_, T> {}
