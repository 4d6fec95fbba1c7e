//! Small helpers of cases and programs.

use kernel::prelude::*;
use kernel::{device, drm, faux};

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

/// Runs `f` with a probe device that is registered below a faux device, with registration data of
/// value 7; the registration ends when `f` returns, and then the parent is unbound.
pub fn with_registration<R>(
    f: impl FnOnce(&drm::Registration<'_, Probe>) -> Result<R>,
) -> Result<R> {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::new(parent, crate::data())?;
        let data = crate::registration_data(7, None);
        // SAFETY: The registration is dropped at the end of this closure, while the parent is
        // bound; `f` gets a shared reference and cannot forget it.
        let registration = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) }?;
        f(&registration)
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

/// The device of a registration, as one that was registered at some point.
#[cfg(not(kernel_tree))]
pub fn ioctl_device<'a, T: drm::Driver>(
    registration: &'a drm::Registration<'_, T>,
) -> &'a drm::Device<T, drm::Ioctl> {
    registration.ioctl_device()
}

/// The device of a registration, as one that was registered at some point.
///
/// In the kernel, only the dispatch of ioctls hands out such a device.
#[cfg(kernel_tree)]
pub fn ioctl_device<'a, T: drm::Driver>(
    registration: &'a drm::Registration<'_, T>,
) -> &'a drm::Device<T, drm::Ioctl> {
    let dev: *const drm::Device<T> = registration.device();
    // SAFETY: The layout of a device does not depend on its context, and the device of a
    // registration was registered, which is all that `Ioctl` says.
    unsafe { &*dev.cast() }
}
