//! GEM objects and their references (`drivers/gpu/drm/drm_gem.c`).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::Mutex;

use bindings::{drm_device, drm_gem_object, file};

use super::{device, mmap, report_stranger};
use crate::abi::{is_misaligned, key, same_abi};
use crate::arena::{self, Fill, Purpose};
use crate::oracle::{report, report_leak, Kind, Seq};
use crate::sync::lock;
use crate::{fault, names};

/// The state of an object that the C structure does not hold.
pub(crate) struct State {
    pub(crate) device: usize,
    pub(crate) initialised: Seq,
    /// Whether it was reported that the object outlives its device.
    orphan: bool,
}

const PAGE_SIZE: usize = 4096;

static OBJECTS: Mutex<Option<HashMap<usize, State>>> = Mutex::new(None);

same_abi!(drm_gem_object_init: fn(*mut drm_device, *mut drm_gem_object, usize) -> i32);
same_abi!(drm_gem_private_object_fini: fn(*mut drm_gem_object));
same_abi!(drm_gem_object_release: fn(*mut drm_gem_object));
same_abi!(drm_gem_object_get: fn(*mut drm_gem_object));
same_abi!(drm_gem_object_put: fn(*mut drm_gem_object));

/// `drivers/gpu/drm/drm_gem.c: drm_gem_object_init`. When it fails, what it set up before is the
/// caller's to free, by `drm_gem_private_object_fini`.
///
/// # Safety
///
/// `obj` can be written, and its `funcs` are set before it is used.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_gem_object_init(
    dev: *mut drm_device,
    obj: *mut drm_gem_object,
    size: usize,
) -> i32 {
    if device::with("drm_gem_object_init", dev, |_| ()).is_none() {
        return -libc::ENODEV;
    }
    let name = names::number("gem", key(obj));
    let now = event!("drm_gem_object_init({}, {name})", names::of(key(dev)));
    if is_misaligned(obj) {
        return -libc::EINVAL;
    }
    // SAFETY: The caller's promise.
    unsafe {
        (*obj).dev = dev;
        (*obj).filp = std::ptr::null_mut();
        (*obj).handle_count = 0;
        (*obj).size = size;
    }
    refs(obj).store(1, Ordering::Relaxed);
    let state = State {
        device: key(dev),
        initialised: now,
        orphan: false,
    };
    lock(&OBJECTS)
        .get_or_insert_default()
        .insert(key(obj), state);
    if !size.is_multiple_of(PAGE_SIZE) {
        let message = format!("the size of {name} is no number of pages");
        report(Kind::BadArgument, message, None, now);
        return -libc::EINVAL;
    }
    if fault::fails("drm_gem_object_init") {
        return -libc::ENOMEM;
    }
    // The shared memory behind the object is a file, and its file system may be full.
    if fault::fails("shmem_file_setup") {
        return -libc::ENOSPC;
    }
    let backing = std::mem::size_of::<file>();
    let backing = arena::alloc(
        backing,
        8,
        Purpose::Core,
        "the pages of an object",
        Fill::Zero,
    );
    // SAFETY: The caller's promise.
    unsafe { (*obj).filp = backing.cast() };
    0
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_private_object_fini`.
///
/// # Safety
///
/// `obj` is a GEM object that nobody uses any more; one that is gone is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_gem_private_object_fini(obj: *mut drm_gem_object) {
    finish("drm_gem_private_object_fini", obj);
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_object_release`.
///
/// # Safety
///
/// `obj` is a GEM object that nobody uses any more; one that is gone is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_gem_object_release(obj: *mut drm_gem_object) {
    if with("drm_gem_object_release", obj, |_| ()).is_none() {
        return;
    }
    // SAFETY: The table has the object, so its memory was not freed.
    let backing = unsafe { std::mem::replace(&mut (*obj).filp, std::ptr::null_mut()) };
    if !backing.is_null() {
        arena::free("fput", key(backing));
    }
    finish("drm_gem_object_release", obj);
}

/// `include/drm/drm_gem.h: drm_gem_object_get`.
///
/// # Safety
///
/// `obj` is a GEM object; one that is gone is reported.
#[export_name = "rust_helper_drm_gem_object_get"]
pub(crate) unsafe extern "C" fn drm_gem_object_get(obj: *mut drm_gem_object) {
    get("drm_gem_object_get", obj);
}

/// `include/drm/drm_gem.h: drm_gem_object_put`.
///
/// # Safety
///
/// `obj` is null or a GEM object; one that is gone is reported.
#[export_name = "rust_helper_drm_gem_object_put"]
pub(crate) unsafe extern "C" fn drm_gem_object_put(obj: *mut drm_gem_object) {
    if !obj.is_null() {
        put("drm_gem_object_put", obj);
    }
}

/// Runs `f` on the state of an object; reports one that is gone or never was.
pub(super) fn with<R>(
    call: &str,
    obj: *const drm_gem_object,
    f: impl FnOnce(&mut State) -> R,
) -> Option<R> {
    let found = lock(&OBJECTS)
        .get_or_insert_default()
        .get_mut(&key(obj))
        .map(f);
    if found.is_none() {
        report_stranger(call, key(obj), "no GEM object");
    }
    found
}

/// Takes a reference; false when there is no such object.
pub(super) fn get(call: &str, obj: *mut drm_gem_object) -> bool {
    if with(call, obj, |_| ()).is_none() {
        return false;
    }
    let before = refs(obj).fetch_add(1, Ordering::Relaxed);
    let name = names::of(key(obj));
    let now = detail!("{call}({name}): {} references", before + 1);
    if before < 1 {
        let message = format!("{call} of {name}, which is being freed");
        report(Kind::UseAfterFree, message, None, now);
    }
    true
}

/// `kref_get_unless_zero`: for who found the object without holding a reference.
pub(super) fn get_unless_zero(obj: *mut drm_gem_object) -> bool {
    let more = |count: i32| (count > 0).then_some(count + 1);
    refs(obj)
        .fetch_update(Ordering::AcqRel, Ordering::Relaxed, more)
        .is_ok()
}

/// Drops a reference, and the object with the last one.
pub(super) fn put(call: &str, obj: *mut drm_gem_object) {
    if with(call, obj, |_| ()).is_none() {
        return;
    }
    let before = refs(obj).fetch_sub(1, Ordering::AcqRel);
    let name = names::of(key(obj));
    let now = detail!("{call}({name}): {} references", before - 1);
    if before < 1 {
        let message = format!("{call} of {name} without a reference");
        report(Kind::RefcountUnderflow, message, None, now);
    }
    if before == 1 {
        event!("free {name}");
        // SAFETY: The last reference is gone: this is where the core calls it. The functions of an
        // object outlive it.
        unsafe {
            if let Some(free) = (*(*obj).funcs).free {
                free(obj);
            }
        }
    }
}

/// Reports objects that outlive their device, whose memory is freed next.
pub(super) fn device_released(dev: *mut drm_device, now: Seq) {
    let mut orphans = Vec::new();
    for (obj, state) in lock(&OBJECTS).get_or_insert_default() {
        if state.device == key(dev) {
            state.orphan = true;
            orphans.push((names::of(*obj), state.initialised));
        }
    }
    for (name, initialised) in orphans {
        let message = format!("{name} outlives its device {}", names::of(key(dev)));
        report(Kind::GemObjectLeak, message, Some(initialised), now);
    }
}

/// Reports objects in memory which is being freed.
pub(crate) fn memory_freed(range: &Range<usize>, now: Seq) {
    for (name, initialised) in take(|obj| range.contains(&obj)) {
        let message = format!("the memory of {name} was freed before the object was released");
        report(Kind::GemObjectLeak, message, Some(initialised), now);
    }
}

/// Reports objects that still exist.
pub(crate) fn check_at_end() {
    for (name, initialised) in take(|_| true) {
        report_leak(
            Kind::GemObjectLeak,
            format!("{name} was never released"),
            initialised,
        );
    }
}

/// Ends the core's part of an object.
fn finish(call: &str, obj: *mut drm_gem_object) {
    let Some(initialised) = with(call, obj, |state| state.initialised) else {
        return;
    };
    let name = names::of(key(obj));
    let now = event!("{call}({name})");
    // SAFETY: The table has the object, so its memory was not freed.
    let handles = unsafe { (*obj).handle_count };
    if handles > 0 {
        let message = format!("{name} was released while {handles} handles to it exist");
        report(Kind::GemHandleLeak, message, Some(initialised), now);
    }
    mmap::free_offset(obj);
    lock(&OBJECTS).get_or_insert_default().remove(&key(obj));
}

fn take(fits: impl Fn(usize) -> bool) -> Vec<(String, Seq)> {
    let mut objects = lock(&OBJECTS);
    let objects = objects.get_or_insert_default();
    let taken: Vec<usize> = objects.keys().copied().filter(|&obj| fits(obj)).collect();
    let mut taken: Vec<_> = taken
        .into_iter()
        .filter_map(|obj| Some((names::of(obj), objects.remove(&obj)?)))
        .filter(|(_, state)| !state.orphan)
        .map(|(name, state)| (name, state.initialised))
        .collect();
    taken.sort_by_key(|(_, seq)| *seq);
    taken
}

fn refs(obj: *mut drm_gem_object) -> &'static AtomicI32 {
    // SAFETY: Callers found the object in the table or are initialising it, so its memory was not
    // freed; all access to the counter is atomic.
    unsafe { AtomicI32::from_ptr(&raw mut (*obj).refcount.refcount.refs.counter) }
}
