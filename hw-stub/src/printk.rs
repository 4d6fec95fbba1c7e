//! The kernel's log, which goes to standard error when a trace was asked for.
//!
//! C declares the two functions as variadic, which cannot be defined on stable Rust. They are given
//! fixed arguments instead: on the targets of this crate a variadic call passes its first arguments
//! exactly as any other call does, and arguments that were not passed are not read.

use std::ffi::c_void;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use bindings::device;

use crate::abi::{key, text};
use crate::names;

static ECHO: AtomicBool = AtomicBool::new(false);

/// Lets messages appear on standard error.
pub(crate) fn echo() {
    ECHO.store(true, Ordering::Relaxed);
}

/// `drivers/base/core.c: _dev_printk`, for the format `%pA` only.
///
/// # Safety
///
/// `args` points to a `core::fmt::Arguments` of this compiler.
#[no_mangle]
pub(crate) unsafe extern "C" fn _dev_printk(
    _level: *const u8,
    dev: *const device,
    _fmt: *const u8,
    args: *const c_void,
) {
    if ECHO.load(Ordering::Relaxed) {
        // SAFETY: The caller's promise.
        let message = unsafe { &*args.cast::<fmt::Arguments<'_>>() };
        eprintln!(
            "{}: {}",
            names::of(key(dev)),
            message.to_string().trim_end()
        );
    }
}

/// `kernel/printk/printk.c: _printk`, for the formats `%pA` and `%s: %pA` only.
///
/// # Safety
///
/// `fmt` is null-terminated. The argument for `%s` is null-terminated, and the one for `%pA` points
/// to a `core::fmt::Arguments` of this compiler.
#[no_mangle]
pub(crate) unsafe extern "C" fn _printk(
    fmt: *const u8,
    first: *const c_void,
    second: *const c_void,
) -> i32 {
    if !ECHO.load(Ordering::Relaxed) {
        return 0;
    }
    // SAFETY: The caller's promise.
    let named = unsafe { text(fmt) }.contains("%s");
    let prefix = if named {
        // SAFETY: With `%s` in the format, the first argument is a string.
        unsafe { text(first.cast()) + ": " }
    } else {
        String::new()
    };
    let args = if named { second } else { first };
    // SAFETY: The caller's promise; which argument it is follows from the format.
    let message = unsafe { &*args.cast::<fmt::Arguments<'_>>() };
    eprint!("{prefix}{message}");
    0
}
