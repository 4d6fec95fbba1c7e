//! Devices that a program gets without knowing how its driver makes them, in the states of their
//! life.
//!
//! Programs that try one thing in every state begin here. Nothing is asserted about the devices;
//! what goes wrong is for the stub to say.

use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};
use kernel::prelude::*;
use kernel::{device, drm};

use crate::{with_parent, Probe, Registered};

/// A driver of which anybody can make a device.
pub trait Sample: drm::Driver + Sized + 'static {
    /// Makes a device.
    ///
    /// # Errors
    ///
    /// What making a device fails with.
    fn device(parent: &device::Device<device::Bound>) -> Result<drm::UnregisteredDevice<Self>>;
}

impl Sample for Probe {
    fn device(parent: &device::Device<device::Bound>) -> Result<drm::UnregisteredDevice<Self>> {
        drm::UnregisteredDevice::new(parent, crate::data())
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

/// Runs `f` with a registered device; the parent is unbound when `f` returns, which ends the
/// registration.
///
/// # Errors
///
/// What making and registering the device, or `f`, fails with.
pub fn with_registered_sample<T: Sample, R>(
    f: impl FnOnce(&Registered<'_, T>) -> Result<R>,
) -> Result<R> {
    with_parent(|parent| f(&Registered::new(parent, T::device(parent)?)?))
}

/// The parent of the device that the running [`with_sample`] made.
static PARENT: AtomicPtr<device::Device<device::Bound>> = AtomicPtr::new(null_mut());

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
pub unsafe fn sample_parent() -> &'static device::Device<device::Bound> {
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
