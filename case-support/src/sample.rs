//! Devices that a program gets without knowing how its driver makes them, in the states of their
//! life.
//!
//! Programs that try one thing in every state begin here. Nothing is asserted about the devices;
//! what goes wrong is for the stub to say.

use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};
use kernel::prelude::*;
use kernel::{device, drm, faux};

use crate::{with_parent, Probe};

/// A driver below a faux device, of which anybody can make and register a device.
pub trait Sample:
    drm::Driver<ParentDevice<device::Bound> = faux::Device<device::Bound>> + Sized + 'static
{
    /// Makes a device.
    ///
    /// # Errors
    ///
    /// What making a device fails with.
    fn device(parent: &faux::Device<device::Bound>) -> Result<drm::UnregisteredDevice<Self>>;

    /// The data to register a device with.
    fn registration_data<'a>() -> impl PinInit<Self::RegistrationData<'a>, Error>;
}

impl Sample for Probe {
    fn device(parent: &faux::Device<device::Bound>) -> Result<drm::UnregisteredDevice<Self>> {
        drm::UnregisteredDevice::new(parent, crate::data())
    }

    fn registration_data<'a>() -> impl PinInit<Self::RegistrationData<'a>, Error> {
        crate::registration_data(7, None)
    }
}

/// Runs `f` with a device that was not registered yet; its parent is unbound when `f` returns.
///
/// # Errors
///
/// What making the device, or `f`, fails with.
pub fn with_sample<T: Sample, R>(
    f: impl FnOnce(drm::UnregisteredDevice<T>) -> Result<R>,
) -> Result<R> {
    with_parent(|parent| {
        PARENT.store(core::ptr::from_ref(parent).cast_mut(), Ordering::Relaxed);
        let result = T::device(parent).and_then(f);
        PARENT.store(null_mut(), Ordering::Relaxed);
        result
    })
}

/// Runs `f` with a registered device; the registration ends when `f` returns, and then the parent
/// is unbound.
///
/// # Errors
///
/// What making and registering the device, or `f`, fails with.
pub fn with_registered_sample<T: Sample, R>(
    f: impl FnOnce(&drm::Registration<'_, T>) -> Result<R>,
) -> Result<R> {
    with_parent(|parent| {
        let dev = T::device(parent)?;
        crate::with_registered(parent.as_ref(), dev, T::registration_data(), f)
    })
}

/// The parent of the device that the running [`with_sample`] made.
static PARENT: AtomicPtr<faux::Device<device::Bound>> = AtomicPtr::new(null_mut());

/// The parent of the device that [`with_sample`] made, for what is given the device alone.
///
/// # Safety
///
/// The caller is called by the closure of the one [`with_sample`] that runs, and keeps nothing
/// that borrows from the parent when that returns.
///
/// # Panics
///
/// If no [`with_sample`] runs.
pub unsafe fn sample_parent() -> &'static faux::Device<device::Bound> {
    let parent = PARENT.load(Ordering::Relaxed);
    assert!(
        !parent.is_null(),
        "there is a parent inside of `with_sample()` only"
    );
    // SAFETY: `with_sample()` stores the parent that is bound while it calls its closure, and by
    // the requirement of this function nobody uses the reference for longer.
    unsafe { &*parent }
}

/// Lends a value through [`AsRef`].
pub struct Lends<'a, D>(pub &'a D);

impl<D> AsRef<D> for Lends<'_, D> {
    fn as_ref(&self) -> &D {
        self.0
    }
}
