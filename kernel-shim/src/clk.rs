//! Clocks of a device.
//!
//! C header: `include/linux/clk.h`. A clock is given back when dropped, but not stopped: that is
//! the driver's to do, as in C.

use crate::device::{Bound, Device};
use crate::error::{from_err_ptr, to_result, Result};
use crate::ffi::c_ulong;
use crate::str::{CStr, CStrExt};
use core::ops::Deref;
use core::ptr::null;

/// A frequency.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Hertz(pub c_ulong);

impl Hertz {
    /// In hertz.
    pub const fn as_hz(&self) -> c_ulong {
        self.0
    }
}

/// A clock of a device.
///
/// # Invariants
///
/// It is what `clk_get` or `clk_get_optional` returned, and no error pointer.
#[repr(transparent)]
pub struct Clk(*mut bindings::clk);

// SAFETY: The C functions on clocks may be called on any thread.
unsafe impl Send for Clk {}

// SAFETY: The C functions on clocks synchronise.
unsafe impl Sync for Clk {}

impl Clk {
    /// Gets a clock of `dev`, by the name that the device has for it.
    pub fn get(dev: &Device<Bound>, name: Option<&CStr>) -> Result<Self> {
        // SAFETY: The device is valid, and the name is null-terminated or null.
        let clk = unsafe { bindings::clk_get(dev.as_raw(), id(name)) };
        // INVARIANT: Errors are returned.
        Ok(Self(from_err_ptr(clk)?))
    }

    /// Starts the clock.
    pub fn prepare_enable(&self) -> Result {
        // SAFETY: The clock is valid by the type invariant.
        to_result(unsafe { bindings::clk_prepare_enable(self.0) })
    }

    /// Stops the clock, if nobody else has started it.
    pub fn disable_unprepare(&self) {
        // SAFETY: The clock is valid by the type invariant.
        unsafe { bindings::clk_disable_unprepare(self.0) };
    }

    /// The frequency of the clock.
    pub fn rate(&self) -> Hertz {
        // SAFETY: The clock is valid by the type invariant.
        Hertz(unsafe { bindings::clk_get_rate(self.0) })
    }
}

impl Drop for Clk {
    fn drop(&mut self) {
        // SAFETY: The clock is valid by the type invariant and never used again.
        unsafe { bindings::clk_put(self.0) };
    }
}

/// A clock that the device may not have; then every operation succeeds and does nothing.
pub struct OptionalClk(Clk);

impl OptionalClk {
    /// Gets a clock of `dev`, by the name that the device has for it, if it has.
    pub fn get(dev: &Device<Bound>, name: Option<&CStr>) -> Result<Self> {
        // SAFETY: The device is valid, and the name is null-terminated or null.
        let clk = unsafe { bindings::clk_get_optional(dev.as_raw(), id(name)) };
        // INVARIANT: Errors are returned.
        Ok(Self(Clk(from_err_ptr(clk)?)))
    }
}

impl Deref for OptionalClk {
    type Target = Clk;

    fn deref(&self) -> &Clk {
        &self.0
    }
}

fn id(name: Option<&CStr>) -> *const crate::ffi::c_char {
    name.map_or(null(), |name| name.as_char_ptr())
}
