//! Completions (`kernel/sched/completion.c`): threads wait until somebody says that it is done.
//!
//! The state is in a side table by address, as that of locks.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex};

use bindings::completion;

use crate::abi::{key, same_abi};
use crate::oracle::{report, Kind};
use crate::sync::{lock, patience, wait_until};

/// Whether each is completed.
static COMPLETIONS: Mutex<Option<HashMap<usize, bool>>> = Mutex::new(None);
static COMPLETED: Condvar = Condvar::new();

same_abi!(init_completion: fn(*mut completion));
same_abi!(complete_all: fn(*mut completion));
same_abi!(wait_for_completion: fn(*mut completion));

/// `include/linux/completion.h: init_completion`.
///
/// # Safety
///
/// None.
#[export_name = "rust_helper_init_completion"]
pub(crate) unsafe extern "C" fn init_completion(ptr: *mut completion) {
    let mut completions = lock(&COMPLETIONS);
    completions.get_or_insert_default().insert(key(ptr), false);
}

/// `kernel/sched/completion.c: complete_all`.
///
/// # Safety
///
/// None: one that was never initialised is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn complete_all(ptr: *mut completion) {
    let mut completions = lock(&COMPLETIONS);
    match completions.get_or_insert_default().get_mut(&key(ptr)) {
        Some(is_completed) => *is_completed = true,
        None => {
            drop(completions);
            let now = event!("complete_all");
            let message = "complete_all of a completion that was never initialised";
            report(Kind::UnknownObject, message, None, now);
        }
    }
    COMPLETED.notify_all();
}

/// `kernel/sched/completion.c: wait_for_completion`.
///
/// # Safety
///
/// None: one that is never completed is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn wait_for_completion(ptr: *mut completion) {
    let now = detail!("wait_for_completion");
    let is_completed = |completions: &mut Option<HashMap<usize, bool>>| {
        let completions = completions.get_or_insert_default();
        completions.get(&key(ptr)).is_some_and(|done| *done)
    };
    if !wait_until(&COMPLETED, lock(&COMPLETIONS), patience(), is_completed) {
        let message = "wait_for_completion waits for what is never completed";
        report(Kind::LockMisuse, message, None, now);
    }
}
