//! A lock whose guard was forgotten is freed while it is held.
//!
//! `mem::forget` is safe, and `Mutex` has no drop that could look: it calls no `mutex_destroy()`. Who
//! takes the lock before that waits for ever. When the memory is freed, nobody else can know the
//! lock, so nothing is used after its end; a kernel with the lock checker reports a held lock that is
//! freed (`debug_check_no_locks_freed()`), and turns itself off.
//!
//! Where: `MutexGuard`; `kernel/locking/lockdep.c`, `debug_check_no_locks_freed`.
//!
//! To close it: lend what a lock protects to a closure, which cannot keep the lock.
//@ claim: held-is-given-back
//@ generations: api, linux-7.3, linux-7.2
//@ violation: lock-misuse
use kernel::init::InPlaceInit;
use kernel::new_mutex;
use kernel::prelude::*;
use kernel::sync::{Arc, Mutex};

pub fn main() -> Result {
    let lock: Arc<Mutex<u32>> = Arc::pin_init(new_mutex!(1u32), GFP_KERNEL)?;
    core::mem::forget(lock.lock());
    drop(lock);
    Ok(())
}
