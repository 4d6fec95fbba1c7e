//! Messages to the kernel log: the `pr_*!` macros.
//!
//! C header: `include/linux/printk.h`. Messages about a device are better made by the `dev_*!`
//! macros.

use crate::ffi::c_char;
use crate::fmt;

/// Logs `args`; `format` is a `KERN_*` prefix and `%pA`.
#[doc(hidden)]
pub fn call_printk(format: &'static Format, args: fmt::Arguments<'_>) {
    // SAFETY: `format` is null-terminated by its type invariant, and its only conversion takes a
    // pointer to `fmt::Arguments`, which is what it gets.
    unsafe { bindings::_printk(format.0.as_ptr(), core::ptr::from_ref(&args)) };
}

/// A format string: log level, then `%pA`.
///
/// # Invariants
///
/// It is null-terminated, and `%pA` is its only conversion.
#[doc(hidden)]
pub struct Format([c_char; 6]);

impl Format {
    const fn new(level: &[u8; 3]) -> Self {
        // INVARIANT: The level is a control character and a digit.
        Self([level[0], level[1], b'%', b'p', b'A', 0])
    }
}

/// The format strings of the log levels.
#[doc(hidden)]
pub mod formats {
    use super::Format;

    pub static EMERG: Format = Format::new(bindings::KERN_EMERG);
    pub static ALERT: Format = Format::new(bindings::KERN_ALERT);
    pub static CRIT: Format = Format::new(bindings::KERN_CRIT);
    pub static ERR: Format = Format::new(bindings::KERN_ERR);
    pub static WARNING: Format = Format::new(bindings::KERN_WARNING);
    pub static NOTICE: Format = Format::new(bindings::KERN_NOTICE);
    pub static INFO: Format = Format::new(bindings::KERN_INFO);
    pub static DEBUG: Format = Format::new(bindings::KERN_DEBUG);
}

/// Logs a message of level 0: the system is unusable.
///
/// Takes what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! pr_emerg {
    ($($f:tt)+) => {
        $crate::print::call_printk(&$crate::print::formats::EMERG, $crate::fmt_macro!($($f)+))
    };
}

/// Logs a message of level 1: act immediately. Takes what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! pr_alert {
    ($($f:tt)+) => {
        $crate::print::call_printk(&$crate::print::formats::ALERT, $crate::fmt_macro!($($f)+))
    };
}

/// Logs a message of level 2: critical conditions. Takes what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! pr_crit {
    ($($f:tt)+) => {
        $crate::print::call_printk(&$crate::print::formats::CRIT, $crate::fmt_macro!($($f)+))
    };
}

/// Logs a message of level 3: error conditions. Takes what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! pr_err {
    ($($f:tt)+) => {
        $crate::print::call_printk(&$crate::print::formats::ERR, $crate::fmt_macro!($($f)+))
    };
}

/// Logs a message of level 4: warning conditions. Takes what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! pr_warn {
    ($($f:tt)+) => {
        $crate::print::call_printk(&$crate::print::formats::WARNING, $crate::fmt_macro!($($f)+))
    };
}

/// Logs a message of level 5: normal but significant.
///
/// Takes what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! pr_notice {
    ($($f:tt)+) => {
        $crate::print::call_printk(&$crate::print::formats::NOTICE, $crate::fmt_macro!($($f)+))
    };
}

/// Logs a message of level 6: informational. Takes what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! pr_info {
    ($($f:tt)+) => {
        $crate::print::call_printk(&$crate::print::formats::INFO, $crate::fmt_macro!($($f)+))
    };
}

/// Logs a message of level 7: for debugging. Takes what [`fmt!`](crate::prelude::fmt!) takes.
#[macro_export]
macro_rules! pr_debug {
    ($($f:tt)+) => {
        $crate::print::call_printk(&$crate::print::formats::DEBUG, $crate::fmt_macro!($($f)+))
    };
}
