//! Work queues (`kernel/workqueue.c`): one queue, with one worker thread.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::sync::{Condvar, Mutex, Once};

use bindings::{lock_class_key, work_func_t, work_struct, workqueue_struct};

use crate::abi::{key, pointer, same_abi};
use crate::arena;
use crate::names;
use crate::oracle::{report, Kind, Seq};
use crate::sync::{lock, patience, wait_until};
use crate::thread;

struct Item {
    work: usize,
    queued: Seq,
}

#[derive(Default)]
struct Queue {
    prepared: HashMap<usize, work_func_t>,
    waiting: VecDeque<Item>,
    running: Option<Item>,
    started: u64,
    finished: u64,
}

static QUEUE: Mutex<Option<Queue>> = Mutex::new(None);
static CHANGED: Condvar = Condvar::new();

same_abi!(
    init_work_with_key: fn(*mut work_struct, work_func_t, bool, *const u8, *mut lock_class_key)
);
same_abi!(queue_work_on: fn(i32, *mut workqueue_struct, *mut work_struct) -> bool);
same_abi!(__flush_workqueue: fn(*mut workqueue_struct));
same_abi!(cancel_work_sync: fn(*mut work_struct) -> bool);
const _: *mut *mut workqueue_struct = &raw mut bindings::system_wq;

/// Something to point to: the queue itself is behind [`QUEUE`].
static SYSTEM: u8 = 0;

/// The queue that everybody may use.
#[no_mangle]
pub(crate) static mut system_wq: *mut workqueue_struct = (&raw const SYSTEM).cast_mut().cast();

/// `include/linux/workqueue.h: INIT_WORK`.
///
/// # Safety
///
/// `work` can be written.
#[export_name = "rust_helper_init_work_with_key"]
pub(crate) unsafe extern "C" fn init_work_with_key(
    work: *mut work_struct,
    func: work_func_t,
    _onstack: bool,
    _name: *const u8,
    _key: *mut lock_class_key,
) {
    // SAFETY: The caller's promise; all-zero bytes are a `work_struct`. The place may be misaligned,
    // which is reported below.
    unsafe {
        work.cast::<u8>().write_bytes(0, size_of::<work_struct>());
        (&raw mut (*work).func).write_unaligned(func);
    }
    names::number("work", key(work));
    lock(&QUEUE)
        .get_or_insert_default()
        .prepared
        .insert(key(work), func);
}

/// `kernel/workqueue.c: queue_work_on`: a work item that waits already is not queued again.
///
/// # Safety
///
/// None: a work item that was never prepared is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn queue_work_on(
    _cpu: i32,
    _wq: *mut workqueue_struct,
    work: *mut work_struct,
) -> bool {
    start_worker();
    let mut queue = lock(&QUEUE);
    let queue = queue.get_or_insert_default();
    if !queue.prepared.contains_key(&key(work)) {
        report_unprepared(key(work));
        return false;
    }
    let known = queue.waiting.iter().any(|item| item.work == key(work));
    let queued = event!("queue_work({}) = {}", names::of(key(work)), !known);
    if !known {
        queue.waiting.push_back(Item {
            work: key(work),
            queued,
        });
        CHANGED.notify_all();
    }
    !known
}

/// `kernel/workqueue.c: __flush_workqueue`.
///
/// # Safety
///
/// None; there is one queue.
#[no_mangle]
pub(crate) unsafe extern "C" fn __flush_workqueue(_wq: *mut workqueue_struct) {
    flush();
}

/// `kernel/workqueue.c: cancel_work_sync`.
///
/// # Safety
///
/// None: the item is looked up in a table.
#[no_mangle]
pub(crate) unsafe extern "C" fn cancel_work_sync(work: *mut work_struct) -> bool {
    let mut queue = lock(&QUEUE);
    let waiting = &mut queue.get_or_insert_default().waiting;
    let before = waiting.len();
    waiting.retain(|item| item.work != key(work));
    let cancelled = waiting.len() < before;
    drop(queue);
    let now = event!("cancel_work_sync({}) = {cancelled}", names::of(key(work)));
    wait_for("cancel_work_sync", now, |queue| {
        queue
            .running
            .as_ref()
            .is_none_or(|item| item.work != key(work))
    });
    cancelled
}

/// Waits until everything that is queued now has run.
pub(crate) fn flush() {
    let goal = {
        let queue = lock(&QUEUE);
        let Some(queue) = queue.as_ref() else { return };
        queue.started + queue.waiting.len() as u64
    };
    let now = detail!("flush_workqueue");
    wait_for("flush_workqueue", now, |queue| queue.finished >= goal);
}

/// Reports work items in memory which is being freed that still wait.
///
/// One that runs may be freed, by its own function or by another thread: it was taken off the queue
/// before, and the kernel does not touch it afterwards (`kernel/workqueue.c: process_one_work`).
/// If its function still uses the memory, that use is reported.
pub(crate) fn memory_freed(range: &Range<usize>, now: Seq) {
    let mut queue = lock(&QUEUE);
    let Some(queue) = queue.as_mut() else { return };
    queue.prepared.retain(|work, _| !range.contains(work));
    for item in queue
        .waiting
        .iter()
        .filter(|item| range.contains(&item.work))
    {
        let name = names::of(item.work);
        let message = format!("the memory of {name} was freed while it was queued");
        report(Kind::WorkAfterFree, message, Some(item.queued), now);
    }
    queue.waiting.retain(|item| !range.contains(&item.work));
}

fn wait_for(call: &str, now: Seq, mut done: impl FnMut(&Queue) -> bool) {
    if thread::is_worker() {
        let queue = lock(&QUEUE);
        let queued = queue
            .as_ref()
            .and_then(|queue| Some(queue.running.as_ref()?.queued));
        if queue.as_ref().is_some_and(|queue| !done(queue)) {
            let message = format!("{call} waits for the work item that calls it");
            report(Kind::SelfDeadlock, message, queued, now);
        }
        return;
    }
    let done = |queue: &mut Option<Queue>| queue.as_ref().is_none_or(&mut done);
    if !wait_until(&CHANGED, lock(&QUEUE), patience(), done) {
        let message = format!("{call} waits for a work item that does not end");
        report(Kind::LockMisuse, message, None, now);
    }
}

fn start_worker() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        thread::spawn_own(|| {
            thread::become_worker();
            loop {
                run_one();
            }
        });
    });
}

fn run_one() {
    let (work, func) = next_item();
    event!("work {} begins", names::of(work));
    if let Some(func) = func {
        // SAFETY: The item was prepared with this function and was in the queue until now, so its
        // memory was not freed: that would have taken it from the queue.
        unsafe { func(pointer(work)) };
    }
    event!("work {} ends", names::of(work));
    let mut queue = lock(&QUEUE);
    let queue = queue.get_or_insert_default();
    queue.running = None;
    queue.finished += 1;
    CHANGED.notify_all();
}

fn next_item() -> (usize, work_func_t) {
    let mut guard = lock(&QUEUE);
    loop {
        let queue = guard.get_or_insert_default();
        if let Some(item) = queue.waiting.pop_front() {
            let work = item.work;
            let func = queue.prepared.get(&work).copied().flatten();
            queue.running = Some(item);
            queue.started += 1;
            return (work, func);
        }
        guard = CHANGED
            .wait(guard)
            .unwrap_or_else(std::sync::PoisonError::into_inner);
    }
}

fn report_unprepared(work: usize) {
    let now = event!("queue_work of {}", names::of(work));
    match arena::freed(work).and_then(|block| block.freed) {
        Some(freed) => {
            let message = "a work item in freed memory was queued";
            report(Kind::UseAfterFree, message, Some(freed), now);
        }
        None => {
            let message = "a work item was queued that was never prepared";
            report(Kind::UnknownObject, message, None, now);
        }
    }
}
