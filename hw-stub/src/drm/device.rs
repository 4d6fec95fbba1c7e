//! DRM devices: allocation, references, end (`drivers/gpu/drm/drm_drv.c`).
//!
//! The counter of references is the one in the C structure. Everything that the core keeps beside
//! the fields that Rust reads is in a side table.

use std::collections::HashMap;
use std::ffi::c_void;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::Mutex;

use bindings::{device, drm_device, drm_driver};

use super::phase::Phase;
use super::{auth, gem, minor, mmap};
use crate::abi::{err_ptr, key, pointer, same_abi};
use crate::arena::{self, Fill, Purpose};
use crate::base;
use crate::missing::report_missing;
use crate::oracle::{report, report_leak, Kind, Seq};
use crate::sync::lock;
use crate::{fault, mm, names};

/// The state of a device that the C structure does not hold.
pub(crate) struct State {
    pub(crate) phase: Phase,
    /// When it last changed between registered and not.
    pub(crate) changed: Seq,
    pub(crate) registered: Option<Seq>,
    pub(crate) parent: usize,
    container: usize,
    allocated: Seq,
}

static DEVICES: Mutex<Option<HashMap<usize, State>>> = Mutex::new(None);

same_abi!(
    __drm_dev_alloc: fn(*mut device, *const drm_driver, usize, usize) -> *mut c_void
);
same_abi!(drm_dev_get: fn(*mut drm_device));
same_abi!(drm_dev_put: fn(*mut drm_device));

/// `drivers/gpu/drm/drm_drv.c: __drm_dev_alloc`. The memory is exactly as large as the caller says:
/// what it puts beyond hits the guard page.
///
/// # Safety
///
/// `driver` stays while the device does; `parent` is a device.
#[no_mangle]
pub(crate) unsafe extern "C" fn __drm_dev_alloc(
    parent: *mut device,
    driver: *const drm_driver,
    size: usize,
    offset: usize,
) -> *mut c_void {
    let parent_name = names::of(key(parent));
    let now = detail!("__drm_dev_alloc({parent_name}, {size} bytes, offset {offset})");
    if !offset.is_multiple_of(align_of::<drm_device>()) {
        // Its key is what is reported.
        key(std::ptr::without_provenance::<drm_device>(offset));
        return err_ptr(-libc::EINVAL);
    }
    let needed = offset.saturating_add(std::mem::size_of::<drm_device>());
    if size < needed {
        let message = format!("a DRM device needs {needed} bytes, but {size} were asked for");
        report(Kind::AllocationTooSmall, message, None, now);
        return err_ptr(-libc::EINVAL);
    }
    if parent.is_null() || base::device::with("__drm_dev_alloc", parent, |_| ()).is_none() {
        return err_ptr(-libc::EINVAL);
    }
    if fault::fails("__drm_dev_alloc") {
        return err_ptr(-libc::ENOMEM);
    }
    let align = arena::natural_align(size);
    let container = arena::alloc(size, align, Purpose::DrmDevice, "a DRM device", Fill::Zero);
    // SAFETY: The allocation holds a zeroed `drm_device` at `offset`; the rest is the caller's
    // promise.
    match unsafe { init(container.add(offset).cast(), container, parent, driver, now) } {
        0 => container.cast(),
        error => {
            arena::free("kfree", key(container));
            err_ptr(error)
        }
    }
}

/// `drivers/gpu/drm/drm_drv.c: drm_dev_get`.
///
/// # Safety
///
/// `dev` is null or a DRM device; one that is gone is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_dev_get(dev: *mut drm_device) {
    if !dev.is_null() {
        get("drm_dev_get", dev);
    }
}

/// `drivers/gpu/drm/drm_drv.c: drm_dev_put`.
///
/// # Safety
///
/// `dev` is null or a DRM device; one that is gone is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_dev_put(dev: *mut drm_device) {
    if !dev.is_null() {
        put("drm_dev_put", dev);
    }
}

/// Runs `f` on the state of a device; reports a device that is gone or never was.
pub(crate) fn with<R>(
    call: &str,
    dev: *const drm_device,
    f: impl FnOnce(&mut State) -> R,
) -> Option<R> {
    let found = silently(dev, f);
    if found.is_none() {
        let now = event!("{call}({})", names::of(key(dev)));
        report_missing(call, key(dev), now, "freed", "is no DRM device");
    }
    found
}

/// As [`with`], for callers that know that the device exists.
pub(crate) fn silently<R>(dev: *const drm_device, f: impl FnOnce(&mut State) -> R) -> Option<R> {
    let mut devices = lock(&DEVICES);
    devices.get_or_insert_default().get_mut(&key(dev)).map(f)
}

/// Takes a reference; false when there is no such device.
pub(crate) fn get(call: &str, dev: *mut drm_device) -> bool {
    if with(call, dev, |_| ()).is_none() {
        return false;
    }
    let before = refs(dev).fetch_add(1, Ordering::Relaxed);
    let name = names::of(key(dev));
    let now = detail!("{call}({name}): {} references", before + 1);
    if before < 1 {
        let message = format!("{call} of {name}, which is being released");
        report(Kind::UseAfterFree, message, None, now);
    }
    true
}

/// Drops a reference, and the device with the last one.
pub(crate) fn put(call: &str, dev: *mut drm_device) {
    if with(call, dev, |_| ()).is_none() {
        return;
    }
    let before = refs(dev).fetch_sub(1, Ordering::AcqRel);
    let name = names::of(key(dev));
    let now = detail!("{call}({name}): {} references", before - 1);
    if before < 1 {
        let message = format!("{call} of {name} without a reference");
        report(Kind::RefcountUnderflow, message, None, now);
    }
    if before == 1 {
        release(dev);
    }
}

/// Whether the driver and the device have a feature (`DRIVER_*`).
pub(crate) fn has_feature(dev: *mut drm_device, feature: u32) -> bool {
    // SAFETY: Callers hold a reference to the device, whose driver outlives it.
    unsafe { (*(*dev).driver).driver_features & (*dev).driver_features & feature != 0 }
}

/// `include/drm/drm_drv.h: drm_dev_is_unplugged`.
pub(crate) fn is_unplugged(dev: *mut drm_device) -> bool {
    unplugged(dev).load(Ordering::SeqCst)
}

/// The flag that `drm_dev_enter` reads.
pub(super) fn unplugged(dev: *mut drm_device) -> &'static AtomicBool {
    // SAFETY: Callers found the device in the table or hold a reference; all access is atomic.
    unsafe { AtomicBool::from_ptr(&raw mut (*dev).unplugged) }
}

/// The flag that says whether the device is registered.
pub(super) fn registered_flag(dev: *mut drm_device) -> &'static AtomicBool {
    // SAFETY: As for `unplugged`.
    unsafe { AtomicBool::from_ptr(&raw mut (*dev).registered) }
}

/// The DRM devices on top of a parent that are registered, with when they were.
pub(crate) fn registered_on(parent: usize) -> Vec<(String, Seq)> {
    let devices = lock(&DEVICES);
    let devices = devices.iter().flatten();
    let mut found: Vec<_> = devices
        .filter(|(_, state)| state.parent == parent && state.phase.has_nodes())
        .map(|(dev, state)| (names::of(*dev), state.changed))
        .collect();
    found.sort();
    found
}

/// Reports devices in memory which is being freed by somebody else than their last reference.
pub(crate) fn memory_freed(range: &Range<usize>, now: Seq) {
    let mut gone = Vec::new();
    lock(&DEVICES).get_or_insert_default().retain(|dev, state| {
        if range.contains(dev) {
            gone.push((names::of(*dev), state.allocated));
        }
        !range.contains(dev)
    });
    for (name, allocated) in gone {
        let message = format!("the memory of {name} was freed while references to it exist");
        report(Kind::UseAfterFree, message, Some(allocated), now);
    }
}

/// Reports devices that still exist.
pub(crate) fn check_at_end() {
    let devices = std::mem::take(lock(&DEVICES).get_or_insert_default());
    let mut devices: Vec<_> = devices.into_iter().collect();
    devices.sort_by_key(|(_, state)| state.allocated);
    for (dev, state) in devices {
        let name = names::of(dev);
        let count = refs(pointer(dev)).load(Ordering::Relaxed);
        let message = format!("{name} still has {count} references");
        report_leak(Kind::DeviceLeak, message, state.allocated);
        if state.phase.has_nodes() {
            let message = format!("{name} is registered still");
            report_leak(Kind::NodeLeak, message, state.changed);
        }
    }
}

/// `drivers/gpu/drm/drm_drv.c: drm_dev_init`. On failure nothing is left, and the driver is not
/// asked to release anything.
///
/// # Safety
///
/// `dev` points to a zeroed device; the rest is as for `__drm_dev_alloc`.
unsafe fn init(
    dev: *mut drm_device,
    container: *mut u8,
    parent: *mut device,
    driver: *const drm_driver,
    allocated: Seq,
) -> i32 {
    let name = names::number("drm", key(dev));
    event!("__drm_dev_alloc({}) = {name}", names::of(key(parent)));
    base::device::get("drm_dev_init", parent);
    // SAFETY: The caller's promise.
    unsafe {
        (*dev).dev = parent;
        (*dev).driver = driver;
        (*dev).driver_features = !0;
        (*dev).managed.final_kfree = container.cast();
    }
    refs(dev).store(1, Ordering::Relaxed);
    let state = State {
        phase: Phase::New,
        changed: allocated,
        registered: None,
        parent: key(parent),
        container: key(container),
        allocated,
    };
    lock(&DEVICES)
        .get_or_insert_default()
        .insert(key(dev), state);
    minor::alloc(dev);
    if fault::fails("drm_dev_init") {
        managed_release(dev);
        lock(&DEVICES).get_or_insert_default().remove(&key(dev));
        return -libc::ENOMEM;
    }
    0
}

/// `drivers/gpu/drm/drm_drv.c: drm_dev_release`.
fn release(dev: *mut drm_device) {
    let name = names::of(key(dev));
    let now = event!("release {name}");
    let phase = silently(dev, |state| (state.phase, state.changed));
    if let Some((phase, changed)) = phase.filter(|(phase, _)| phase.has_nodes()) {
        let message = format!("{name} was released while {phase:?}");
        report(Kind::NodeLeak, message.to_lowercase(), Some(changed), now);
        minor::unregister_all(dev);
    }
    // SAFETY: The memory of the device is freed below at the earliest, and its driver outlives it.
    if let Some(release) = unsafe { (*(*dev).driver).release } {
        // SAFETY: The last reference is gone: this is where the core calls it.
        unsafe { release(dev) };
    }
    gem::device_released(dev, now);
    managed_release(dev);
    let state = lock(&DEVICES).get_or_insert_default().remove(&key(dev));
    if let Some(state) = state {
        mm::free("drm_dev_release", state.container);
    }
    event!("released {name}");
}

/// `drivers/gpu/drm/drm_managed.c: drm_managed_release` for what `drm_dev_init` set up.
fn managed_release(dev: *mut drm_device) {
    minor::free(dev);
    auth::forget(dev);
    mmap::forget(dev);
    // SAFETY: The memory of the device is freed by the caller, later.
    let parent = unsafe { std::mem::replace(&mut (*dev).dev, std::ptr::null_mut()) };
    base::device::put("drm_dev_init_release", parent);
}

fn refs(dev: *mut drm_device) -> &'static AtomicI32 {
    // SAFETY: Callers found the device in the table, so its memory was not freed; all access to
    // the counter is atomic.
    unsafe { AtomicI32::from_ptr(&raw mut (*dev).ref_.refcount.refs.counter) }
}
