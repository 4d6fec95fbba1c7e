//! Small helpers of cases and programs.

use kernel::prelude::*;
#[cfg(kernel_tree)]
use kernel::sync::aref::ARef;
use kernel::{device, drm, error::code, faux};

use crate::Probe;

/// Compiles only for a type that may be sent to another thread.
pub fn needs_send<X: Send>() {}

/// Compiles only for a type that may be shared between threads.
pub fn needs_sync<X: Sync>() {}

/// Compiles only for a type that borrows nothing.
pub fn needs_static<X: 'static>(_: X) {}

/// Runs `f` below a faux device, which is unbound when `f` returns.
pub fn with_parent<R>(f: impl FnOnce(&faux::Device<device::Bound>) -> Result<R>) -> Result<R> {
    let parent = faux::Registration::new(c"probe", None)?;
    f(parent.as_ref())
}

/// Registers a device and runs `f` with the registration, which ends when `f` returns.
///
/// # Errors
///
/// What registering, or `f`, fails with.
pub fn with_registered<'a, T: drm::Driver, E, R>(
    parent: &'a device::Device<device::Bound>,
    dev: drm::UnregisteredDevice<T>,
    data: impl PinInit<T::RegistrationData<'a>, E>,
    f: impl FnOnce(&drm::Registration<'a, T>) -> Result<R>,
) -> Result<R>
where
    Error: From<E>,
{
    // SAFETY: The registration is dropped at the end of this function, while the parent is bound;
    // `f` gets a shared reference and cannot forget it.
    let registration = unsafe { drm::Registration::new(parent, dev, data, 0) }?;
    f(&registration)
}

/// Runs `f` with a probe device that is registered below a faux device, with registration data of
/// value 7; the registration ends when `f` returns, and then the parent is unbound.
pub fn with_registration<R>(
    f: impl FnOnce(&drm::Registration<'_, Probe>) -> Result<R>,
) -> Result<R> {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::new(parent, crate::data())?;
        with_registered(
            parent.as_ref(),
            dev,
            crate::registration_data(7, None),
            |it| f(it),
        )
    })
}

/// The result of a call of userspace, whose error is a positive error number.
pub fn syscall<T, E: Into<i32>>(result: Result<T, E>) -> Result<T> {
    result.map_err(|error| Error::from_errno(-error.into()))
}

/// Checks that a call was refused with `expected`; any other error is passed on.
///
/// # Panics
///
/// If the call succeeded.
pub fn refused<T>(result: Result<T>, expected: Error) -> Result {
    match result {
        Ok(_) => panic!("the call succeeded, but had to fail with {expected:?}"),
        Err(error) if error == expected => Ok(()),
        Err(error) => Err(error),
    }
}

/// Checks that an ioctl was refused because its device is gone.
///
/// # Panics
///
/// If the call succeeded.
pub fn gone<T>(result: Result<T>) -> Result {
    refused(result, code::ENODEV)
}

/// The device of a registration, as one that was registered at some point.
#[cfg(not(kernel_tree))]
pub fn ioctl_device<'a, T: drm::Driver>(
    registration: &'a drm::Registration<'_, T>,
) -> &'a drm::Device<T, drm::Ioctl> {
    registration.ioctl_device()
}

/// The device of a registration, as one that was registered at some point.
#[cfg(kernel_tree)]
pub fn ioctl_device<'a, T: drm::Driver>(
    registration: &'a drm::Registration<'_, T>,
) -> &'a drm::Device<T, drm::Ioctl> {
    // SAFETY: A registration is of a device that was registered.
    unsafe { assume_ioctl(registration.device()) }
}

/// A file that is losing a handle. In the kernel it is an open file like any other.
#[cfg(not(kernel_tree))]
pub type ClosingFile<F> = drm::file::ClosingFile<F>;

/// A file that is losing a handle. In the kernel it is an open file like any other.
#[cfg(kernel_tree)]
pub type ClosingFile<F> = drm::File<F>;

/// A counted handle of a device that was registered at some point.
#[cfg(not(kernel_tree))]
pub type Ever<T> = drm::EverRegistered<T>;

/// A counted handle of the device of a registration, which outlives the registration.
#[cfg(not(kernel_tree))]
pub fn ever_registered<T: drm::Driver>(registration: &drm::Registration<'_, T>) -> Ever<T> {
    drm::EverRegistered::from(registration.ioctl_device())
}

/// A counted handle of a device that was registered at some point.
///
/// # Invariants
///
/// The device was registered.
#[cfg(kernel_tree)]
pub struct Ever<T: drm::Driver>(ARef<drm::Device<T>>);

/// A counted handle of the device of a registration, which outlives the registration.
#[cfg(kernel_tree)]
pub fn ever_registered<T: drm::Driver>(registration: &drm::Registration<'_, T>) -> Ever<T> {
    // INVARIANT: A registration is of a device that was registered.
    Ever(registration.device().into())
}

#[cfg(kernel_tree)]
impl<T: drm::Driver> Clone for Ever<T> {
    fn clone(&self) -> Self {
        // INVARIANT: It is the same device.
        Self(self.0.clone())
    }
}

#[cfg(kernel_tree)]
impl<T: drm::Driver> core::ops::Deref for Ever<T> {
    type Target = drm::Device<T, drm::Ioctl>;

    fn deref(&self) -> &Self::Target {
        // SAFETY: By the type invariant the device was registered, which is all that `Ioctl` says.
        unsafe { assume_ioctl(&self.0) }
    }
}

/// A device as one that was registered at some point. In the kernel, only the dispatch of ioctls
/// hands out such a device.
///
/// # Safety
///
/// The device was registered.
#[cfg(kernel_tree)]
unsafe fn assume_ioctl<T: drm::Driver>(dev: &drm::Device<T>) -> &drm::Device<T, drm::Ioctl> {
    // SAFETY: The layout of a device does not depend on its context, and by the requirement of this
    // function what `Ioctl` says is true.
    unsafe { &*core::ptr::from_ref(dev).cast() }
}
