//! Devices and their references (`drivers/base/core.c`).
//!
//! Of the C structure only the name, the parent, the bus, the driver and the driver's data are
//! used; the rest of a device's state is in a side table.

use std::collections::HashMap;
use std::ffi::{c_void, CString};
use std::sync::Mutex;

use bindings::device;

use super::bind::Bus;
use super::phase::Phase;
use crate::abi::{key, pointer, same_abi};
use crate::arena;
use crate::missing::report_missing;
use crate::mm;
use crate::names;
use crate::oracle::{report, report_leak, Kind, Seq};
use crate::sync::lock;

/// The state of a device that the C structure does not hold.
pub(crate) struct State {
    pub(crate) name: CString,
    pub(crate) refs: i32,
    pub(crate) phase: Phase,
    /// When it was last bound, or stopped being bound.
    pub(crate) changed: Seq,
    pub(crate) bus: Bus,
    /// Nodes of managed resources, oldest first.
    pub(crate) devres: Vec<usize>,
    pub(crate) probe_result: Option<i32>,
    /// Whether the reference to the parent is still held.
    holds_parent: bool,
    /// The memory that is freed with the last reference.
    container: usize,
    created: Seq,
}

static DEVICES: Mutex<Option<HashMap<usize, State>>> = Mutex::new(None);

same_abi!(get_device: fn(*mut device) -> *mut device);
same_abi!(put_device: fn(*mut device));
same_abi!(dev_get_drvdata: fn(*const device) -> *mut c_void);
same_abi!(dev_set_drvdata: fn(*mut device, *mut c_void));
same_abi!(dev_name: fn(*const device) -> *const u8);

/// `drivers/base/core.c: device_initialize` and `dev_set_name`: one reference, which the caller
/// owns. `container` is the memory that the device lies in.
///
/// # Safety
///
/// `dev` points to a zeroed device inside `container`.
pub(crate) unsafe fn initialize(
    dev: *mut device,
    container: usize,
    name: &str,
    bus: Bus,
    parent: *mut device,
) {
    names::set(key(dev), format!("dev:{name}"));
    let created = event!("device_add(dev:{name})");
    let name = CString::new(name).expect("names of devices come from C strings");
    if !parent.is_null() {
        get("device_add", parent);
    }
    // SAFETY: The caller's promise. The name's bytes stay where they are when the string moves.
    unsafe {
        (*dev).init_name = name.as_ptr().cast();
        (*dev).parent = parent;
    }
    let state = State {
        name,
        refs: 1,
        phase: Phase::Unbound,
        changed: created,
        bus,
        devres: Vec::new(),
        probe_result: None,
        holds_parent: !parent.is_null(),
        container,
        created,
    };
    lock(&DEVICES)
        .get_or_insert_default()
        .insert(key(dev), state);
}

/// `drivers/base/core.c: get_device`.
///
/// # Safety
///
/// `dev` is null or a device; one that is gone is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn get_device(dev: *mut device) -> *mut device {
    if !dev.is_null() {
        get("get_device", dev);
    }
    dev
}

/// `drivers/base/core.c: put_device`.
///
/// # Safety
///
/// `dev` is null or a device; one that is gone is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn put_device(dev: *mut device) {
    if !dev.is_null() {
        put("put_device", dev);
    }
}

/// `include/linux/device.h: dev_get_drvdata`.
///
/// # Safety
///
/// `dev` is a device; one that is gone is reported.
#[export_name = "rust_helper_dev_get_drvdata"]
pub(crate) unsafe extern "C" fn dev_get_drvdata(dev: *const device) -> *mut c_void {
    if with("dev_get_drvdata", dev, |_| ()).is_none() {
        return std::ptr::null_mut();
    }
    // SAFETY: The table has the device, so its memory was not freed.
    unsafe { (*dev).driver_data }
}

/// `include/linux/device.h: dev_set_drvdata`.
///
/// # Safety
///
/// `dev` is a device; one that is gone or not bound is reported.
#[export_name = "rust_helper_dev_set_drvdata"]
pub(crate) unsafe extern "C" fn dev_set_drvdata(dev: *mut device, data: *mut c_void) {
    if super::parent::require_bound("dev_set_drvdata", dev).is_some() {
        // SAFETY: The table has the device, so its memory was not freed.
        unsafe { (*dev).driver_data = data };
    }
}

/// `include/linux/device.h: dev_name`.
///
/// # Safety
///
/// `dev` is a device; one that is gone is reported.
#[export_name = "rust_helper_dev_name"]
pub(crate) unsafe extern "C" fn dev_name(dev: *const device) -> *const u8 {
    let name = with("dev_name", dev, |state| state.name.as_ptr().cast());
    name.unwrap_or(c"".as_ptr().cast())
}

/// Runs `f` on the state of a device; reports a device that is gone or never was.
pub(crate) fn with<R>(
    call: &str,
    dev: *const device,
    f: impl FnOnce(&mut State) -> R,
) -> Option<R> {
    let found = silently(dev, f);
    if found.is_none() {
        let now = event!("{call}({})", names::of(key(dev)));
        report_missing(call, key(dev), now, "freed", "is no device");
    }
    found
}

/// As [`with`], for callers that have said already what is wrong.
pub(crate) fn silently<R>(dev: *const device, f: impl FnOnce(&mut State) -> R) -> Option<R> {
    let mut devices = lock(&DEVICES);
    let state = devices.get_or_insert_default().get_mut(&key(dev));
    state.map(f)
}

/// Takes a reference; false when there is no such device.
pub(crate) fn get(call: &str, dev: *mut device) -> bool {
    let refs = with(call, dev, |state| {
        state.refs += 1;
        state.refs
    });
    if let Some(refs) = refs {
        detail!("{call}({}): {refs} references", names::of(key(dev)));
    }
    refs.is_some()
}

/// Drops a reference, and the device with the last one.
pub(crate) fn put(call: &str, dev: *mut device) {
    let refs = with(call, dev, |state| {
        state.refs -= 1;
        state.refs
    });
    let Some(refs) = refs else { return };
    detail!("{call}({}): {refs} references", names::of(key(dev)));
    if refs == 0 {
        release(dev);
    }
}

/// `drivers/base/core.c: device_del`: lets go of the parent, which may be freed before the device.
pub(super) fn leave_parent(dev: *mut device) {
    let held = silently(dev, |state| std::mem::take(&mut state.holds_parent));
    if held == Some(true) {
        // SAFETY: The table has the device, so its memory was not freed.
        put("device_del", unsafe { (*dev).parent });
    }
}

/// Reports devices that still exist.
pub(crate) fn check_at_end() {
    let devices = std::mem::take(lock(&DEVICES).get_or_insert_default());
    for (dev, state) in devices.iter().filter(|(_, state)| state.bus != Bus::Root) {
        let name = names::of(*dev);
        let message = format!("{name} still has {} references", state.refs);
        report_leak(Kind::DeviceLeak, message, state.created);
    }
}

/// `drivers/base/core.c: device_release`.
fn release(dev: *mut device) {
    let now = event!("release {}", names::of(key(dev)));
    leave_parent(dev);
    let state = lock(&DEVICES).get_or_insert_default().remove(&key(dev));
    let Some(state) = state else { return };
    if state.phase != Phase::Unbound {
        let message = format!(
            "{} lost its last reference while bound",
            names::of(key(dev))
        );
        report(Kind::RefcountUnderflow, message, Some(state.changed), now);
    }
    #[cfg(kernel_tree)]
    // SAFETY: The last reference is gone.
    if unsafe { crate::tree::auxiliary::release(dev, state.container) } {
        return;
    }
    mm::free("device_release", state.container);
}

/// The root of the faux bus, made on first use; it is never freed.
pub(crate) fn faux_root() -> *mut device {
    static ROOT: Mutex<usize> = Mutex::new(0);
    let mut root = lock(&ROOT);
    if *root == 0 {
        let size = std::mem::size_of::<device>();
        let (purpose, fill) = (arena::Purpose::Core, arena::Fill::Zero);
        let memory = arena::alloc(size, 8, purpose, "the faux bus", fill);
        *root = key(memory);
        // SAFETY: The memory is zeroed and as large as a device.
        unsafe {
            initialize(
                memory.cast(),
                *root,
                "faux",
                Bus::Root,
                std::ptr::null_mut(),
            )
        };
    }
    pointer(*root)
}
