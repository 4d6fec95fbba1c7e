//! Sleeping locks (`kernel/locking/mutex.c`).
//!
//! The state is in a side table by address: the words inside the C structure are nobody's.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Condvar, Mutex};

use bindings::{lock_class_key, mutex};

use crate::abi::{key, same_abi, text};
use crate::arena;
use crate::oracle::{report, Kind, Seq};
use crate::sync::{lock, patience, wait_until};
use crate::thread;

struct Lock {
    name: String,
    holder: Option<(thread::Id, Seq)>,
}

type Table = HashMap<usize, Lock>;

static LOCKS: Mutex<Option<Table>> = Mutex::new(None);
static UNLOCKED: Condvar = Condvar::new();

same_abi!(__mutex_init: fn(*mut mutex, *const u8, *mut lock_class_key));
same_abi!(mutex_lock: fn(*mut mutex));
same_abi!(mutex_trylock: fn(*mut mutex) -> i32);
same_abi!(mutex_unlock: fn(*mut mutex));
same_abi!(mutex_destroy: fn(*mut mutex));

/// `kernel/locking/mutex.c: __mutex_init`.
///
/// # Safety
///
/// `name` is null-terminated.
#[export_name = "rust_helper___mutex_init"]
pub(crate) unsafe extern "C" fn __mutex_init(
    ptr: *mut mutex,
    name: *const u8,
    _key: *mut lock_class_key,
) {
    // SAFETY: The caller's promise.
    let name = unsafe { text(name) };
    detail!("mutex_init({name})");
    let lock_state = Lock { name, holder: None };
    lock(&LOCKS)
        .get_or_insert_default()
        .insert(key(ptr), lock_state);
}

/// `kernel/locking/mutex.c: mutex_lock`.
///
/// # Safety
///
/// None: a lock that was never initialised is reported.
#[export_name = "rust_helper_mutex_lock"]
pub(crate) unsafe extern "C" fn mutex_lock(ptr: *mut mutex) {
    let Some((name, holder)) = look_up("mutex_lock", ptr) else {
        return;
    };
    let now = detail!("mutex_lock({name})");
    if let Some((_, taken)) = holder.filter(|(thread, _)| *thread == thread::current()) {
        let message = format!("{name} is taken again by the thread that holds it");
        return report(Kind::SelfDeadlock, message, Some(taken), now);
    }
    let mut first = holder.map(|(_, taken)| taken);
    let taken = wait_until(&UNLOCKED, lock(&LOCKS), patience(), |locks| {
        let entry = locks.get_or_insert_default().get_mut(&key(ptr));
        // A lock that was destroyed meanwhile will never be free; `look_up` reported its kind.
        entry.is_none_or(|entry| {
            first = entry.holder.map_or(first, |(_, taken)| Some(taken));
            take(entry, now)
        })
    });
    if !taken {
        report(
            Kind::LockMisuse,
            format!("{name} is never unlocked"),
            first,
            now,
        );
    }
}

/// `kernel/locking/mutex.c: mutex_trylock`.
///
/// # Safety
///
/// None: a lock that was never initialised is reported.
#[export_name = "rust_helper_mutex_trylock"]
pub(crate) unsafe extern "C" fn mutex_trylock(ptr: *mut mutex) -> i32 {
    let Some((name, _)) = look_up("mutex_trylock", ptr) else {
        return 0;
    };
    let now = detail!("mutex_trylock({name})");
    let mut locks = lock(&LOCKS);
    let entry = locks.get_or_insert_default().get_mut(&key(ptr));
    entry.is_some_and(|entry| take(entry, now)).into()
}

/// `kernel/locking/mutex.c: mutex_unlock`.
///
/// # Safety
///
/// None: a lock that the thread does not hold is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn mutex_unlock(ptr: *mut mutex) {
    let Some((name, holder)) = look_up("mutex_unlock", ptr) else {
        return;
    };
    let now = detail!("mutex_unlock({name})");
    match holder {
        Some((thread, _)) if thread == thread::current() => {}
        Some((_, taken)) => {
            let message = format!("{name} was unlocked by a thread that does not hold it");
            report(Kind::LockMisuse, message, Some(taken), now);
        }
        None => report(
            Kind::LockMisuse,
            format!("{name} was not locked"),
            None,
            now,
        ),
    }
    if let Some(entry) = lock(&LOCKS).get_or_insert_default().get_mut(&key(ptr)) {
        entry.holder = None;
    }
    UNLOCKED.notify_all();
}

/// `kernel/locking/mutex-debug.c: mutex_destroy`.
///
/// # Safety
///
/// None: a lock that is held is reported.
#[export_name = "rust_helper_mutex_destroy"]
pub(crate) unsafe extern "C" fn mutex_destroy(ptr: *mut mutex) {
    let Some((name, holder)) = look_up("mutex_destroy", ptr) else {
        return;
    };
    let now = detail!("mutex_destroy({name})");
    lock(&LOCKS).get_or_insert_default().remove(&key(ptr));
    if let Some((_, taken)) = holder {
        let message = format!("{name} was destroyed while it was held");
        report(Kind::LockMisuse, message, Some(taken), now);
    }
}

/// Whether the running thread holds a lock; reports one that does not exist.
#[cfg(kernel_tree)]
pub(crate) fn is_held(ptr: *mut mutex) -> bool {
    let found = look_up("lockdep_assert_held", ptr);
    let holder = found.and_then(|(_, holder)| holder);
    holder.is_some_and(|(thread, _)| thread == thread::current())
}

/// Reports locks that are held in memory which is being freed, and forgets the others: a lock needs
/// no destruction.
pub(crate) fn memory_freed(range: &Range<usize>, now: Seq) {
    let mut held = Vec::new();
    lock(&LOCKS)
        .get_or_insert_default()
        .retain(|address, entry| {
            let gone = range.contains(address);
            held.extend(
                entry
                    .holder
                    .filter(|_| gone)
                    .map(|(_, taken)| (entry.name.clone(), taken)),
            );
            !gone
        });
    for (name, taken) in held {
        let message = format!("the memory of {name} was freed while it was held");
        report(Kind::LockMisuse, message, Some(taken), now);
    }
}

fn take(entry: &mut Lock, now: Seq) -> bool {
    let free = entry.holder.is_none();
    if free {
        entry.holder = Some((thread::current(), now));
    }
    free
}

type Holder = Option<(thread::Id, Seq)>;

/// The name and the holder of a lock; reports one that does not exist.
fn look_up(call: &str, ptr: *mut mutex) -> Option<(String, Holder)> {
    let found = {
        let mut locks = lock(&LOCKS);
        let entry = locks.get_or_insert_default().get(&key(ptr));
        entry.map(|entry| (entry.name.clone(), entry.holder))
    };
    if let Some(found) = found {
        return Some(found);
    }
    let now = detail!("{call} of no lock");
    match arena::freed(key(ptr)).and_then(|block| block.freed) {
        Some(freed) => {
            let message = format!("{call} of a lock in freed memory");
            report(Kind::UseAfterFree, message, Some(freed), now);
        }
        None => {
            let message = format!("{call} of a lock that was never initialised");
            report(Kind::LockMisuse, message, None, now);
        }
    }
    None
}
