//! Waiting for a span of time.
//!
//! C header: `include/linux/delay.h`. There is one C function behind them, so they do not differ.

use super::Delta;

/// Sleeps for at least `delta`.
pub fn fsleep(delta: Delta) {
    udelay(delta);
}

/// Waits for at least `delta`; what is negative is no time.
pub fn udelay(delta: Delta) {
    let micros = usize::try_from(delta.as_micros_ceil()).unwrap_or(0);
    // SAFETY: Any span is allowed.
    unsafe { bindings::__udelay(micros) };
}
