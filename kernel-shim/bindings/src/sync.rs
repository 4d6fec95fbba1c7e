//! Locks and work queues.

use crate::{c_char, c_int};

/// Tells apart classes of locks; opaque.
#[repr(C)]
pub struct lock_class_key {
    _opaque: u8,
}

/// A sleeping lock. The words belong to whoever implements it.
#[repr(C)]
pub struct mutex {
    /// Storage of the implementation.
    pub owner: [usize; 4],
}

/// A function that runs later on a work queue.
#[repr(C)]
pub struct work_struct {
    /// Non-zero while the item is queued and has not begun to run.
    pub data: crate::atomic_t,
    /// What is run.
    pub func: work_func_t,
}

/// A function of a work item.
pub type work_func_t = Option<unsafe extern "C" fn(work: *mut work_struct)>;

/// A queue of work items; opaque.
#[repr(C)]
pub struct workqueue_struct {
    _opaque: [u8; 0],
}

/// `WORK_CPU_UNBOUND`: on any processor.
pub const wq_misc_consts_WORK_CPU_UNBOUND: c_int = 64;

extern "C" {
    /// Prepares a lock; `name` is null-terminated and outlives it.
    #[link_name = "rust_helper___mutex_init"]
    pub fn __mutex_init(ptr: *mut mutex, name: *const c_char, key: *mut lock_class_key);
    /// Takes a lock, sleeping until it is free.
    #[link_name = "rust_helper_mutex_lock"]
    pub fn mutex_lock(ptr: *mut mutex);
    /// Takes a lock if it is free; 1 on success.
    #[link_name = "rust_helper_mutex_trylock"]
    pub fn mutex_trylock(ptr: *mut mutex) -> c_int;
    /// Releases a lock that this thread holds.
    pub fn mutex_unlock(ptr: *mut mutex);
    /// Ends the life of a lock that nobody holds.
    #[link_name = "rust_helper_mutex_destroy"]
    pub fn mutex_destroy(ptr: *mut mutex);

    /// The queue that everybody may use.
    pub static mut system_wq: *mut workqueue_struct;
    /// Prepares a work item.
    #[link_name = "rust_helper_init_work_with_key"]
    pub fn init_work_with_key(
        work: *mut work_struct,
        func: work_func_t,
        onstack: bool,
        name: *const c_char,
        key: *mut lock_class_key,
    );
    /// Queues a work item; false when it is queued already.
    pub fn queue_work_on(cpu: c_int, wq: *mut workqueue_struct, work: *mut work_struct) -> bool;
    /// Waits until every item that was queued on `wq` before has run.
    pub fn __flush_workqueue(wq: *mut workqueue_struct);
    /// Takes an item off its queue, or waits until it has run; true when it was queued.
    pub fn cancel_work_sync(work: *mut work_struct) -> bool;

    /// Sleeps; `usecs` are microseconds.
    pub fn __udelay(usecs: usize);
}
