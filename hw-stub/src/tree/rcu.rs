//! Read-copy-update (`kernel/rcu/update.c`): whoever waits for readers waits for those that were
//! there before.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex};

use crate::abi::same_abi;
use crate::oracle::{report, Kind};
use crate::sync::{lock, patience, wait_until};
use crate::thread;

/// How deep each thread is in its sections, and when it entered the outermost.
#[derive(Default)]
struct Readers {
    entered: u64,
    inside: HashMap<u32, (u64, u32)>,
}

static READERS: Mutex<Option<Readers>> = Mutex::new(None);
static LEFT: Condvar = Condvar::new();

same_abi!(rcu_read_lock: fn());
same_abi!(rcu_read_unlock: fn());
same_abi!(synchronize_rcu: fn());

/// `include/linux/rcupdate.h: rcu_read_lock`.
///
/// # Safety
///
/// None.
#[export_name = "rust_helper_rcu_read_lock"]
pub(crate) unsafe extern "C" fn rcu_read_lock() {
    let mut readers = lock(&READERS);
    let readers = readers.get_or_insert_default();
    readers.entered += 1;
    let now = readers.entered;
    let inside = readers.inside.entry(thread::current().to_raw());
    inside.or_insert((now, 0)).1 += 1;
}

/// `include/linux/rcupdate.h: rcu_read_unlock`.
///
/// # Safety
///
/// None: leaving a section that was not entered is reported.
#[export_name = "rust_helper_rcu_read_unlock"]
pub(crate) unsafe extern "C" fn rcu_read_unlock() {
    let me = thread::current().to_raw();
    let mut readers = lock(&READERS);
    let inside = &mut readers.get_or_insert_default().inside;
    let Some((_, depth)) = inside.get_mut(&me) else {
        drop(readers);
        let now = event!("rcu_read_unlock");
        let message = "rcu_read_unlock outside of a section";
        return report(Kind::LockMisuse, message, None, now);
    };
    *depth -= 1;
    if *depth == 0 {
        inside.remove(&me);
        LEFT.notify_all();
    }
}

/// `kernel/rcu/tree.c: synchronize_rcu`.
///
/// # Safety
///
/// None: waiting inside of a section is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn synchronize_rcu() {
    let now = detail!("synchronize_rcu");
    let me = thread::current().to_raw();
    let mut readers = lock(&READERS);
    let state = readers.get_or_insert_default();
    let before = state.entered;
    if state.inside.contains_key(&me) {
        drop(readers);
        let message = "synchronize_rcu waits for the section that calls it";
        return report(Kind::SelfDeadlock, message, None, now);
    }
    let has_ended = |readers: &mut Option<Readers>| {
        let mut inside = readers.get_or_insert_default().inside.values();
        inside.all(|(entered, _)| *entered > before)
    };
    if !wait_until(&LEFT, readers, patience(), has_ended) {
        let message = "synchronize_rcu waits for a section that does not end";
        report(Kind::LockMisuse, message, None, now);
    }
}
