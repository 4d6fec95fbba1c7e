//! Log messages with the name of a device: the `dev_*!` macros.
//!
//! C header: `include/linux/dev_printk.h`.

use super::{Device, DeviceContext};
use crate::fmt;
use crate::str::CStrExt;

impl<Ctx: DeviceContext> Device<Ctx> {
    /// Logs a message of level 0: the system is unusable.
    pub fn pr_emerg(&self, args: fmt::Arguments<'_>) {
        self.printk(bindings::KERN_EMERG, args);
    }

    /// Logs a message of level 1: act immediately.
    pub fn pr_alert(&self, args: fmt::Arguments<'_>) {
        self.printk(bindings::KERN_ALERT, args);
    }

    /// Logs a message of level 2: critical conditions.
    pub fn pr_crit(&self, args: fmt::Arguments<'_>) {
        self.printk(bindings::KERN_CRIT, args);
    }

    /// Logs a message of level 3: error conditions.
    pub fn pr_err(&self, args: fmt::Arguments<'_>) {
        self.printk(bindings::KERN_ERR, args);
    }

    /// Logs a message of level 4: warning conditions.
    pub fn pr_warn(&self, args: fmt::Arguments<'_>) {
        self.printk(bindings::KERN_WARNING, args);
    }

    /// Logs a message of level 5: normal but significant.
    pub fn pr_notice(&self, args: fmt::Arguments<'_>) {
        self.printk(bindings::KERN_NOTICE, args);
    }

    /// Logs a message of level 6: informational.
    pub fn pr_info(&self, args: fmt::Arguments<'_>) {
        self.printk(bindings::KERN_INFO, args);
    }

    /// Logs a message of level 7: for debugging.
    pub fn pr_dbg(&self, args: fmt::Arguments<'_>) {
        self.printk(bindings::KERN_DEBUG, args);
    }

    fn printk(&self, level: &'static [u8; 3], args: fmt::Arguments<'_>) {
        // SAFETY: `level` is one of the null-terminated `KERN_*` constants, the device is valid
        // by the type invariant, and `%pA` takes a pointer to `fmt::Arguments`.
        unsafe {
            bindings::_dev_printk(
                level.as_ptr(),
                self.as_raw(),
                c"%pA".as_char_ptr(),
                core::ptr::from_ref(&args),
            )
        };
    }
}

/// Logs a message of level 0: the system is unusable.
///
/// Takes a device and what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! dev_emerg {
    ($($f:tt)+) => { $crate::dev_printk!(pr_emerg, $($f)+) };
}

/// Logs a message of level 1: act immediately.
///
/// Takes a device and what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! dev_alert {
    ($($f:tt)+) => { $crate::dev_printk!(pr_alert, $($f)+) };
}

/// Logs a message of level 2: critical conditions.
///
/// Takes a device and what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! dev_crit {
    ($($f:tt)+) => { $crate::dev_printk!(pr_crit, $($f)+) };
}

/// Logs a message of level 3: error conditions.
///
/// Takes a device and what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! dev_err {
    ($($f:tt)+) => { $crate::dev_printk!(pr_err, $($f)+) };
}

/// Logs a message of level 4: warning conditions.
///
/// Takes a device and what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! dev_warn {
    ($($f:tt)+) => { $crate::dev_printk!(pr_warn, $($f)+) };
}

/// Logs a message of level 5: normal but significant.
///
/// Takes a device and what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! dev_notice {
    ($($f:tt)+) => { $crate::dev_printk!(pr_notice, $($f)+) };
}

/// Logs a message of level 6: informational.
///
/// Takes a device and what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! dev_info {
    ($($f:tt)+) => { $crate::dev_printk!(pr_info, $($f)+) };
}

/// Logs a message of level 7: for debugging.
///
/// Takes a device and what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! dev_dbg {
    ($($f:tt)+) => { $crate::dev_printk!(pr_dbg, $($f)+) };
}

/// Logs a message by one of the methods of a device.
#[doc(hidden)]
#[macro_export]
macro_rules! dev_printk {
    ($method:ident, $dev:expr, $($f:tt)+) => {
        $crate::device::Device::$method($dev.as_ref(), $crate::fmt_macro!($($f)+))
    };
}
