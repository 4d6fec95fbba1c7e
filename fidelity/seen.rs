//! What a line of the trace can say, and when there is one: not of a call that the core makes to
//! itself.

use core::fmt::Arguments;
use core::sync::atomic::{AtomicUsize, Ordering};

use crate::bindings::{drm_device, drm_gem_object};
use crate::names::Kind;
use crate::OBJECTS_HOLD_DEVICES;

/// Adds a line to the trace, unless the core runs.
macro_rules! line {
    ($($text:tt)*) => {
        if $crate::seen::outside() {
            $crate::print(format_args!($($text)*));
        }
    };
}
pub(crate) use line;

/// The references to a device, without those that objects of our own API hold.
pub(crate) fn references(dev: *mut drm_device) -> i64 {
    // SAFETY: Whoever calls has the device, and threads take turns.
    let all = unsafe { (*dev).ref_.refcount.refs.counter };
    let held = if OBJECTS_HOLD_DEVICES {
        Kind::Object.alive()
    } else {
        0
    };
    i64::from(all) - held
}

pub(crate) fn counted(object: *mut drm_gem_object) -> i32 {
    // SAFETY: As in `references`.
    unsafe { (*object).refcount.refcount.refs.counter }
}

pub(crate) fn handles(object: *mut drm_gem_object) -> u32 {
    // SAFETY: As in `references`.
    unsafe { (*object).handle_count }
}

/// How many calls deep the core runs, since it last called the driver.
static DEPTH: AtomicUsize = AtomicUsize::new(0);

pub(crate) fn outside() -> bool {
    DEPTH.load(Ordering::Relaxed) == 0
}

/// Runs the core.
pub(crate) fn inside<R>(call: impl FnOnce() -> R) -> R {
    at(DEPTH.load(Ordering::Relaxed) + 1, call)
}

/// Runs the driver on behalf of the core.
pub(crate) fn called_back<R>(call: impl FnOnce() -> R) -> R {
    at(0, call)
}

fn at<R>(depth: usize, call: impl FnOnce() -> R) -> R {
    let before = DEPTH.swap(depth, Ordering::Relaxed);
    let result = call();
    DEPTH.store(before, Ordering::Relaxed);
    result
}

/// The form in which a line reaches the log.
pub(crate) type Text<'a> = Arguments<'a>;
