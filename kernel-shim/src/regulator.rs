//! Voltage regulators of a device; a type parameter says whether this user keeps it on.
//!
//! C header: `include/linux/regulator/consumer.h`.

use crate::device::{Bound, Device};
use crate::error::{from_err_ptr, to_result, Result};
use crate::str::{CStr, CStrExt};
use core::marker::PhantomData;
use core::mem::ManuallyDrop;

/// Whether a [`Regulator`] is kept on.
pub trait RegulatorState: private::Sealed + 'static {
    /// Whether it is switched off when dropped.
    const DISABLE_ON_DROP: bool;
}

/// The regulator is on.
pub struct Enabled;

/// The regulator is not kept on by this user.
pub struct Disabled;

impl RegulatorState for Enabled {
    const DISABLE_ON_DROP: bool = true;
}

impl RegulatorState for Disabled {
    const DISABLE_ON_DROP: bool = false;
}

mod private {
    pub trait Sealed {}
    impl Sealed for super::Enabled {}
    impl Sealed for super::Disabled {}
}

/// A change of state that failed, and the regulator in the old one.
pub struct Error<State: RegulatorState> {
    /// What went wrong.
    pub error: crate::error::Error,
    /// The regulator, as before.
    pub regulator: Regulator<State>,
}

/// A voltage regulator of a device.
///
/// # Invariants
///
/// `inner` is what `regulator_get` returned, and no error pointer; it is switched on once by this
/// if `State` is [`Enabled`].
pub struct Regulator<State: RegulatorState> {
    inner: *mut bindings::regulator,
    _state: PhantomData<State>,
}

// SAFETY: The C functions on regulators may be called on any thread.
unsafe impl<State: RegulatorState> Send for Regulator<State> {}

// SAFETY: The C functions on regulators synchronise.
unsafe impl<State: RegulatorState> Sync for Regulator<State> {}

impl Regulator<Disabled> {
    /// Gets a regulator of `dev`, by the name that the device has for it.
    pub fn get(dev: &Device<Bound>, name: &CStr) -> Result<Self> {
        // SAFETY: The device is valid, and the name is null-terminated.
        let inner = unsafe { bindings::regulator_get(dev.as_raw(), name.as_char_ptr()) };
        // INVARIANT: Errors are returned, and it was not switched on.
        Ok(Self {
            inner: from_err_ptr(inner)?,
            _state: PhantomData,
        })
    }

    /// Switches it on.
    pub fn try_into_enabled(self) -> Result<Regulator<Enabled>, Error<Disabled>> {
        // SAFETY: The regulator is valid by the type invariant.
        let result = to_result(unsafe { bindings::regulator_enable(self.inner) });
        self.changed(result)
    }
}

impl Regulator<Enabled> {
    /// Gets a regulator of `dev`, by the name that the device has for it, and switches it on.
    pub fn get(dev: &Device<Bound>, name: &CStr) -> Result<Self> {
        Regulator::<Disabled>::get(dev, name)?
            .try_into_enabled()
            .map_err(|error| error.error)
    }

    /// Switches it off, if nobody else keeps it on.
    pub fn try_into_disabled(self) -> Result<Regulator<Disabled>, Error<Enabled>> {
        // SAFETY: The regulator is valid and switched on by this, by the type invariant.
        let result = to_result(unsafe { bindings::regulator_disable(self.inner) });
        self.changed(result)
    }
}

impl<State: RegulatorState> Regulator<State> {
    /// The regulator in its new state, if `result` says that it has been reached.
    fn changed<New: RegulatorState>(self, result: Result) -> Result<Regulator<New>, Error<State>> {
        match result {
            // INVARIANT: The callers change the state to what the type says.
            Ok(()) => Ok(Regulator {
                inner: ManuallyDrop::new(self).inner,
                _state: PhantomData,
            }),
            Err(error) => Err(Error {
                error,
                regulator: self,
            }),
        }
    }
}

impl<State: RegulatorState> Drop for Regulator<State> {
    fn drop(&mut self) {
        if State::DISABLE_ON_DROP {
            // SAFETY: The regulator is valid and switched on by this, by the type invariant.
            unsafe { bindings::regulator_disable(self.inner) };
        }
        // SAFETY: The regulator is valid by the type invariant and never used again.
        unsafe { bindings::regulator_put(self.inner) };
    }
}
