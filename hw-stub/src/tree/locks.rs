//! Locks as a kernel without the lock checker has them (`kernel/locking/mutex.c`), where taking one
//! is a function, and no macro that needs a helper.

use bindings::mutex;

use crate::abi::same_abi;
use crate::mutex::{self as locks, is_held};
use crate::oracle::{report, Kind};

same_abi!(mutex_lock: fn(*mut mutex));
same_abi!(mutex_assert_is_held: fn(*mut mutex));

/// `kernel/locking/mutex.c: mutex_lock`.
///
/// # Safety
///
/// None: a lock that was never initialised is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn mutex_lock(ptr: *mut mutex) {
    // SAFETY: There are no requirements.
    unsafe { locks::mutex_lock(ptr) };
}

/// `include/linux/lockdep.h: lockdep_assert_held`.
///
/// # Safety
///
/// None: a lock that is not held is reported.
#[export_name = "rust_helper_mutex_assert_is_held"]
pub(crate) unsafe extern "C" fn mutex_assert_is_held(ptr: *mut mutex) {
    if !is_held(ptr) {
        let now = detail!("lockdep_assert_held");
        report(
            Kind::LockMisuse,
            "a lock is not held that must be",
            None,
            now,
        );
    }
}
