//! Locks of the stub's own tables.
//!
//! No table stays locked while a callback of the program runs, so these locks are never nested with
//! anything of the program's; a panic while one is held is a bug here and must not hide a report.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

/// Locks a table.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Locks a table for a report about a thread that will never run again. None when that thread may
/// hold the lock itself; a thread that still runs gives it back soon.
pub(crate) fn lock_soon<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    for _ in 0..100 {
        match mutex.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
    None
}

/// Waits until `done`, for at most `timeout`; false when the time was up first.
pub(crate) fn wait_until<T>(
    condvar: &Condvar,
    guard: MutexGuard<'_, T>,
    timeout: Duration,
    mut done: impl FnMut(&mut T) -> bool,
) -> bool {
    let (_guard, result) = condvar
        .wait_timeout_while(guard, timeout, |state| !done(state))
        .unwrap_or_else(PoisonError::into_inner);
    !result.timed_out()
}

/// How long anything waits before it is called a deadlock: `HW_STUB_UNPLUG_TIMEOUT_MS`, or 2 s.
pub(crate) fn patience() -> Duration {
    let millis = std::env::var("HW_STUB_UNPLUG_TIMEOUT_MS");
    let millis = millis.ok().and_then(|value| value.parse().ok());
    Duration::from_millis(millis.unwrap_or(2000))
}
