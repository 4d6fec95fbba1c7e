//! Waiting for a register to change.
//!
//! C header: `include/linux/iopoll.h`.

use crate::error::code::ETIMEDOUT;
use crate::error::Result;
use crate::time::delay::{fsleep, udelay};
use crate::time::{Delta, NSEC_PER_USEC};

/// Runs `op` until `cond` holds for its value; sleeps in between, at most for `timeout_delta`.
///
/// Fails with `ETIMEDOUT` when time is up, and as `op` does. Time is the sum of what was slept: a
/// sleep of zero counts as a microsecond.
pub fn read_poll_timeout<Op, Cond, T>(
    op: Op,
    cond: Cond,
    sleep_delta: Delta,
    timeout_delta: Delta,
) -> Result<T>
where
    Op: FnMut() -> Result<T>,
    Cond: FnMut(&T) -> bool,
{
    let sleep = sleep_delta.max(Delta::from_nanos(NSEC_PER_USEC));
    let mut left = timeout_delta;
    poll(op, cond, || {
        if left.is_negative() {
            return false;
        }
        fsleep(sleep);
        left -= sleep;
        true
    })
}

/// Runs `op` until `cond` holds for its value, `retry` times; does not sleep in between.
pub fn read_poll_timeout_atomic<Op, Cond, T>(
    op: Op,
    cond: Cond,
    delay_delta: Delta,
    retry: usize,
) -> Result<T>
where
    Op: FnMut() -> Result<T>,
    Cond: FnMut(&T) -> bool,
{
    let mut left = retry;
    poll(op, cond, || {
        udelay(delay_delta);
        left = left.saturating_sub(1);
        left != 0
    })
}

fn poll<T>(
    mut op: impl FnMut() -> Result<T>,
    mut cond: impl FnMut(&T) -> bool,
    mut wait: impl FnMut() -> bool,
) -> Result<T> {
    loop {
        let value = op()?;
        if cond(&value) {
            return Ok(value);
        }
        if !wait() {
            return Err(ETIMEDOUT);
        }
    }
}
