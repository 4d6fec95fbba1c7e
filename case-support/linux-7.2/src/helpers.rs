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
pub fn with_parent<R>(f: impl FnOnce(&device::Device<device::Bound>) -> Result<R>) -> Result<R> {
    let parent = faux::Registration::new(c"probe", None)?;
    let parent: &device::Device = parent.as_ref();
    // SAFETY: A faux device is bound from its creation until its registration is dropped, which is
    // after `f` has returned.
    f(unsafe { parent.as_bound() })
}

/// A device that was registered, as whoever registered it knows it.
pub struct Registered<'a, T: drm::Driver>(&'a drm::Device<T>);

impl<'a, T: drm::Driver + 'static> Registered<'a, T> {
    /// Registers a device until its parent is unbound.
    pub(crate) fn new(
        parent: &'a device::Device<device::Bound>,
        dev: drm::UnregisteredDevice<T>,
    ) -> Result<Self> {
        drm::Registration::new_foreign_owned(dev, parent, 0).map(Self)
    }

    /// The device.
    pub fn device(&self) -> &drm::Device<T> {
        self.0
    }
}

/// Runs `f` with a probe device that is registered below a faux device, with data of value 7; the
/// parent is unbound when `f` returns, which ends the registration.
pub fn with_registration<R>(f: impl FnOnce(&Registered<'_, Probe>) -> Result<R>) -> Result<R> {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::new(parent, crate::data())?;
        f(&Registered::new(parent, dev)?)
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

/// Takes what an ioctl came to whose device is gone.
///
/// A device is only withdrawn in this generation, and not unplugged: who has it open reaches its
/// driver all the same.
pub fn gone<T>(result: Result<T>) -> Result {
    result.map(|_| ())
}
