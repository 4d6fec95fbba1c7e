//! The faux bus (`drivers/base/faux.c`): devices without hardware, bound when they are created.

use std::collections::HashMap;
use std::sync::Mutex;

use bindings::{device, device_driver, faux_device, faux_device_ops};

use super::bind::{self, Bus};
use super::device as table;
use super::driver;
use super::parent::enter;
use super::phase::Phase;
use crate::abi::{key, pointer, same_abi, text};
use crate::arena::{self, Fill, Purpose};
use crate::fault;
use crate::names;
use crate::sync::lock;

static OPS: Mutex<Option<HashMap<usize, usize>>> = Mutex::new(None);

same_abi!(
    faux_device_create: fn(*const u8, *mut device, *const faux_device_ops) -> *mut faux_device
);
same_abi!(faux_device_destroy: fn(*mut faux_device));

/// `drivers/base/faux.c: faux_device_create`.
///
/// # Safety
///
/// `name` is null-terminated; `parent` is null or a device; `faux_ops` is null or stays while the
/// device does.
#[no_mangle]
pub(crate) unsafe extern "C" fn faux_device_create(
    name: *const u8,
    parent: *mut device,
    faux_ops: *const faux_device_ops,
) -> *mut faux_device {
    if fault::fails("faux_device_create") {
        return std::ptr::null_mut();
    }
    // SAFETY: The caller's promise.
    let name = unsafe { text(name) };
    let parent = if parent.is_null() {
        table::faux_root()
    } else {
        parent
    };
    let size = std::mem::size_of::<faux_device>();
    let label = format!("faux device {name}");
    let memory = arena::alloc(size, 8, Purpose::Core, &label, Fill::Zero);
    let faux: *mut faux_device = memory.cast();
    // SAFETY: The memory is zeroed and as large as a faux device.
    let dev = unsafe { &raw mut (*faux).dev };
    // SAFETY: As above.
    unsafe { table::initialize(dev, key(memory), &name, Bus::Faux, parent) };
    lock(&OPS)
        .get_or_insert_default()
        .insert(key(dev), key(faux_ops));
    driver::add_device(dev, Bus::Faux);
    // SAFETY: The device was just made, and `faux_ops` is the caller's.
    if unsafe { probe(dev, faux_ops) } != 0 {
        // SAFETY: The caller never gets to see the device.
        unsafe { faux_device_destroy(faux) };
        return std::ptr::null_mut();
    }
    faux
}

/// `drivers/base/faux.c: faux_device_destroy`.
///
/// # Safety
///
/// `faux_dev` is null or a faux device; one that is gone is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn faux_device_destroy(faux_dev: *mut faux_device) {
    if faux_dev.is_null() {
        return;
    }
    // SAFETY: Only the address is computed; nothing is read.
    let dev = unsafe { &raw mut (*faux_dev).dev };
    event!("faux_device_destroy({})", names::of(key(dev)));
    if table::with("faux_device_destroy", dev, |_| ()).is_some() {
        driver::remove_device(dev);
        table::put("faux_device_destroy", dev);
    }
}

/// `drivers/base/faux.c: faux_remove`.
///
/// # Safety
///
/// `dev` is a bound faux device.
pub(super) unsafe fn remove(dev: *mut device) {
    let ops = lock(&OPS).get_or_insert_default().get(&key(dev)).copied();
    let ops: *const faux_device_ops = pointer::<faux_device_ops>(ops.unwrap_or(0));
    // SAFETY: The operations of a device are null or stay while it does.
    let remove = unsafe { ops.as_ref() }.and_then(|ops| ops.remove);
    if let Some(remove) = remove {
        // SAFETY: The device is the first field of the faux device, and is bound.
        unsafe { remove(dev.cast()) };
    }
}

/// `drivers/base/faux.c: faux_probe`, with what `really_probe` does around it: the bus has one
/// driver of its own, which has no callbacks.
///
/// # Safety
///
/// `dev` is a faux device, and `ops` its operations or null.
unsafe fn probe(dev: *mut device, ops: *const faux_device_ops) -> i32 {
    let now = event!("probe {}", names::of(key(dev)));
    enter(dev, Phase::Probing, now);
    // SAFETY: The caller's promise.
    let probe = unsafe { ops.as_ref() }.and_then(|ops| ops.probe);
    // SAFETY: The device is the first field of the faux device.
    let result = probe.map_or(0, |probe| unsafe { probe(dev.cast()) });
    table::silently(dev, |state| state.probe_result = Some(result));
    if result == 0 {
        bind::bind_silently(dev);
    } else {
        bind::cleanup(dev, std::ptr::null_mut::<device_driver>());
    }
    result
}
