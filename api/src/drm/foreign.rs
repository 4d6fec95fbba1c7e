//! Registrations that the bus adapter owns, so that drivers register without `unsafe`.
//!
//! The adapter withdraws them before it releases any device-managed resource and before it drops
//! the driver's data. Plain devres order would not do: a resource that is added after the
//! registration is released before it, while ioctls still run.

use super::device::{Device, Ioctl, UnregisteredDevice};
use crate::alloc::{flags::GFP_KERNEL, KBox};
use crate::device;
use crate::drm::{self, Registration};
use crate::error::{code::EINVAL, Error, Result};
use crate::prelude::InPlaceInit;
use crate::sync::aref::ARef;
use core::cell::UnsafeCell;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use kernel_shim::internal::{self, Managed};
use pinned_init::PinInit;

impl<'a, T: drm::Driver> Registration<'a, T> {
    /// Registers `drm` until its parent `dev` is unbound, with data that borrows nothing.
    ///
    /// # Errors
    ///
    /// Those of [`Registration::new`], and `ENODEV` when `dev` is being unbound or has no driver
    /// of this crate.
    pub fn new_foreign_owned<E>(
        dev: &'a device::Device<device::Bound>,
        drm: UnregisteredDevice<T>,
        data: impl PinInit<T::RegistrationData<'static>, E>,
        flags: usize,
    ) -> Result<&'a Device<T, Ioctl>>
    where
        Error: From<E>,
    {
        let init = || KBox::pin_init(data, GFP_KERNEL);

        // SAFETY: Data of lifetime `'static` borrows nothing that could end.
        unsafe { hand_over(dev, drm, init, flags) }
    }

    /// Registers `drm` until its `parent` is unbound, with data that may borrow from the parent.
    ///
    /// `data` must work for any lifetime `'r`, so what it makes holds what it owns and what it
    /// derives from the parent it is given, and nothing else. (A parameter of type
    /// `&'a Device<Bound>` would not have this effect: the caller may choose `'a`.)
    ///
    /// # Errors
    ///
    /// As [`new_foreign_owned`](Self::new_foreign_owned).
    pub fn new_foreign_owned_with<F>(
        parent: &'a T::ParentDevice<device::Bound>,
        drm: UnregisteredDevice<T>,
        data: F,
        flags: usize,
    ) -> Result<&'a Device<T, Ioctl>>
    where
        F: for<'r> FnOnce(
            &'r T::ParentDevice<device::Bound>,
        ) -> Result<Pin<KBox<T::RegistrationData<'r>>>>,
    {
        // SAFETY: The parent stays bound until the adapter has dropped the data. `data` cannot
        // tell this lifetime from any other, so nothing else in its result is longer than it was.
        let bound: &'static T::ParentDevice<device::Bound> =
            unsafe { &*core::ptr::from_ref(parent) };

        // SAFETY: All that the data borrows is derived from `bound`.
        unsafe { hand_over(parent.as_ref(), drm, || data(bound), flags) }
    }
}

/// Registers `drm` and leaves the registration to the adapter of `dev`.
///
/// # Safety
///
/// What `data` returns must be valid while `dev` is bound and none of its managed resources has
/// been released.
unsafe fn hand_over<T: drm::Driver>(
    dev: &device::Device<device::Bound>,
    drm: UnregisteredDevice<T>,
    data: impl FnOnce() -> Result<Pin<KBox<T::RegistrationData<'static>>>>,
    flags: usize,
) -> Result<&Device<T, Ioctl>> {
    if !drm.is_child_of(dev) {
        return Err(EINVAL);
    }

    let owned = internal::add(dev, || {
        // SAFETY: The adapter calls `close()` while `dev` is bound and before any of its managed
        // resources is released, which by the requirement above is soon enough for the data.
        let registration = unsafe { Registration::from_data(drm, data()?, flags) }?;
        Ok(ForeignOwned::new(registration))
    })?;

    // SAFETY: `owned` holds a reference to the device for as long as `dev` can be borrowed as
    // bound, and registration succeeded.
    Ok(unsafe { owned.drm.assume_ctx() })
}

/// A registration in the hands of a bus adapter.
///
/// The reference to the device outlives the registration: the driver's data and its managed
/// resources may hold the `&Device<T, Ioctl>` that registering returned, and are dropped later.
///
/// # Invariants
///
/// `registration` is taken by whoever sets `closed`, and by nobody else.
struct ForeignOwned<T: drm::Driver> {
    drm: ARef<Device<T>>,
    closed: AtomicBool,
    registration: UnsafeCell<Option<Registration<'static, T>>>,
}

impl<T: drm::Driver> ForeignOwned<T> {
    fn new(registration: Registration<'static, T>) -> Self {
        Self {
            drm: registration.device().into(),
            closed: AtomicBool::new(false),
            registration: UnsafeCell::new(Some(registration)),
        }
    }
}

impl<T: drm::Driver> Managed for ForeignOwned<T> {
    fn close(&self) {
        if !self.closed.swap(true, Ordering::AcqRel) {
            // SAFETY: By the type invariant only this call, which set `closed`, accesses the cell.
            drop(unsafe { (*self.registration.get()).take() });
        }
    }
}

// SAFETY: `registration` is accessed by one thread only, by the type invariant, and is `Send`.
unsafe impl<T: drm::Driver> Sync for ForeignOwned<T> {}
