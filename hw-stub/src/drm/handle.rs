//! Handles: what a file calls a GEM object by (`drivers/gpu/drm/drm_gem.c`).

use std::sync::Mutex;

use bindings::{drm_file, drm_gem_object};

use super::{file, gem};
use crate::abi::{key, pointer, same_abi};
use crate::errno::outcome;
use crate::fault;
use crate::names;
use crate::oracle::{report, Kind};
use crate::sync::lock;

/// `drm_device::object_name_lock`, of all devices: guards the counters of handles.
static COUNTERS: Mutex<()> = Mutex::new(());

same_abi!(
    drm_gem_handle_create: fn(*mut drm_file, *mut drm_gem_object, *mut u32) -> i32
);
same_abi!(drm_gem_object_lookup: fn(*mut drm_file, u32) -> *mut drm_gem_object);

/// `drivers/gpu/drm/drm_gem.c: drm_gem_handle_create`. The first handle holds a reference.
///
/// # Safety
///
/// `handlep` can be written. `file_priv` is an open file and `obj` a GEM object; one that is gone
/// is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_gem_handle_create(
    file_priv: *mut drm_file,
    obj: *mut drm_gem_object,
    handlep: *mut u32,
) -> i32 {
    const CALL: &str = "drm_gem_handle_create";
    if gem::with(CALL, obj, |_| ()).is_none() || file::with(CALL, file_priv, |_| ()).is_none() {
        return -libc::EINVAL;
    }
    check_device(file_priv, obj);
    count_up(obj);
    let handle = if fault::fails(CALL) {
        None
    } else {
        reserve(file_priv)
    };
    let Some(handle) = handle else {
        count_down(obj);
        return -libc::ENOMEM;
    };
    let (object, file) = (names::of(key(obj)), names::of(key(file_priv)));
    // SAFETY: The object's functions outlive it, and this is where the core calls it.
    let result = unsafe { (*(*obj).funcs).open.map_or(0, |open| open(obj, file_priv)) };
    event!(
        "drm_gem_handle_create({file}, {object}) = {}",
        outcome(result.into())
    );
    if result != 0 {
        set(file_priv, handle, None);
        count_down(obj);
        return result;
    }
    set(file_priv, handle, Some(key(obj)));
    // SAFETY: The caller's promise.
    unsafe { handlep.write(handle) };
    0
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_object_lookup`.
///
/// # Safety
///
/// `filp` is an open file; one that is gone is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_gem_object_lookup(
    filp: *mut drm_file,
    handle: u32,
) -> *mut drm_gem_object {
    // The reference is taken under the lock of the table, where the handle still holds one.
    let found = file::with("drm_gem_object_lookup", filp, |state| {
        let obj = state.handles.get(&handle).copied().flatten();
        obj.filter(|&obj| gem::get("drm_gem_object_lookup", pointer(obj)))
    });
    let obj = found.flatten().unwrap_or(0);
    event!(
        "drm_gem_object_lookup({}, {handle}) = {}",
        names::of(key(filp)),
        names::of(obj)
    );
    pointer(obj)
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_handle_delete`.
pub(super) fn delete(file: *mut drm_file, handle: u32) -> i32 {
    let taken = file::with("drm_gem_handle_delete", file, |state| {
        state.handles.get_mut(&handle).and_then(Option::take)
    });
    let Some(obj) = taken.flatten() else {
        return -libc::EINVAL;
    };
    release(file, pointer(obj));
    set(file, handle, None);
    0
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_release`: closes every handle of a file, in their order.
///
/// A handle that is made meanwhile is closed as well if it comes behind the one that is being
/// closed. One in a gap before it is forgotten with the table, and its object with it.
pub(super) fn release_all(file: *mut drm_file) {
    let mut last = 0;
    while let Some((handle, obj)) = next(file, last) {
        release(file, pointer(obj));
        last = handle;
    }
    file::with("drm_gem_release", file, |state| state.handles.clear());
}

/// The first handle behind `last`.
fn next(file: *mut drm_file, last: u32) -> Option<(u32, usize)> {
    file::with("drm_gem_release", file, |state| {
        let mut behind = state.handles.range(last + 1..);
        behind.find_map(|(handle, obj)| obj.map(|obj| (*handle, obj)))
    })?
}

/// Whether a file has a handle to an object.
pub(super) fn has(file: *mut drm_file, obj: *mut drm_gem_object) -> bool {
    let has = |state: &mut file::State| state.handles.values().any(|&held| held == Some(key(obj)));
    file::with("drm_vma_node_is_allowed", file, has).unwrap_or(false)
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_object_release_handle`.
fn release(file: *mut drm_file, obj: *mut drm_gem_object) {
    event!(
        "close handle of {} to {}",
        names::of(key(file)),
        names::of(key(obj))
    );
    if gem::with("drm_gem_object_release_handle", obj, |_| ()).is_none() {
        return;
    }
    // SAFETY: The handle holds a reference to the object; this is where the core calls it.
    unsafe {
        if let Some(close) = (*(*obj).funcs).close {
            close(obj, file);
        }
    }
    count_down(obj);
}

fn check_device(file: *mut drm_file, obj: *mut drm_gem_object) {
    // SAFETY: Both are in their tables, so their memory was not freed.
    let (of_file, of_object) = unsafe { ((*(*file).minor).dev, (*obj).dev) };
    if of_file != of_object {
        let (object, file) = (names::of(key(obj)), names::of(key(file)));
        let now = event!("drm_gem_handle_create({file}, {object})");
        let initialised = gem::with("drm_gem_handle_create", obj, |state| state.initialised);
        let (theirs, ours) = (names::of(key(of_object)), names::of(key(of_file)));
        let message = format!("{object} of {theirs} was given a handle in a file of {ours}");
        report(Kind::GemForeignHandle, message, initialised, now);
    }
}

fn reserve(file: *mut drm_file) -> Option<u32> {
    file::with("drm_gem_handle_create", file, |state| {
        let free = (1..).find(|handle| !state.handles.contains_key(handle))?;
        state.handles.insert(free, None);
        Some(free)
    })?
}

fn set(file: *mut drm_file, handle: u32, obj: Option<usize>) {
    file::with("drm_gem_handle_create", file, |state| match obj {
        Some(obj) => state.handles.insert(handle, Some(obj)),
        None => state.handles.remove(&handle),
    });
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_object_handle_get`.
fn count_up(obj: *mut drm_gem_object) {
    let _guard = lock(&COUNTERS);
    // SAFETY: The object is in the table; the counter is guarded by the lock.
    let before = unsafe {
        (*obj).handle_count += 1;
        (*obj).handle_count - 1
    };
    if before == 0 {
        gem::get("drm_gem_object_handle_get", obj);
    }
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_object_handle_put_unlocked`.
fn count_down(obj: *mut drm_gem_object) {
    let guard = lock(&COUNTERS);
    // SAFETY: As in `count_up`: a handle, which holds a reference, still exists.
    let left = unsafe {
        (*obj).handle_count -= 1;
        (*obj).handle_count
    };
    drop(guard);
    if left == 0 {
        gem::put("drm_gem_object_handle_put", obj);
    }
}
