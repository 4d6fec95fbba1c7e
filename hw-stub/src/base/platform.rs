//! The platform bus (`drivers/base/platform.c`): devices that a device tree describes.

use std::collections::HashMap;
use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::sync::Mutex;

use bindings::{bus_type, device, device_driver, module, of_device_id};
use bindings::{platform_device, platform_driver, resource};

use super::bind::Bus;
use super::device::silently;
use super::driver;
use super::parent::require_bound;
use crate::abi::{array_text, key, same_abi, text};
use crate::fault;
use crate::sync::lock;

/// The `compatible` strings of devices, most specific first.
static COMPATIBLE: Mutex<Option<HashMap<usize, Vec<String>>>> = Mutex::new(None);

/// A C structure that only its address matters of.
#[repr(transparent)]
pub(crate) struct Address(MaybeUninit<bus_type>);

// SAFETY: Nothing reads or writes the structure.
unsafe impl Sync for Address {}

/// The platform bus; its address tells that a device is on it.
#[no_mangle]
pub(crate) static platform_bus_type: Address = Address(MaybeUninit::zeroed());
const _: *const bus_type = &raw const bindings::platform_bus_type;

same_abi!(dev_is_platform: fn(*const device) -> bool);
same_abi!(device_get_match_data: fn(*const device) -> *const c_void);
same_abi!(__platform_driver_register: fn(*mut platform_driver, *mut module, *const u8) -> i32);
same_abi!(platform_driver_unregister: fn(*mut platform_driver));
same_abi!(platform_get_resource: fn(*mut platform_device, u32, u32) -> *mut resource);

/// `include/linux/platform_device.h: dev_is_platform`.
///
/// # Safety
///
/// None: the device is looked up in a table.
#[export_name = "rust_helper_dev_is_platform"]
pub(crate) unsafe extern "C" fn dev_is_platform(dev: *const device) -> bool {
    silently(dev, |state| state.bus == Bus::Platform).unwrap_or(false)
}

/// `drivers/base/property.c: device_get_match_data`.
///
/// # Safety
///
/// `dev` is a device; the driver that is bound to it is registered.
#[no_mangle]
pub(crate) unsafe extern "C" fn device_get_match_data(dev: *const device) -> *const c_void {
    if require_bound("device_get_match_data", dev).is_none() {
        return std::ptr::null();
    }
    // SAFETY: The device is in the table, and its driver is registered while it is bound.
    let entry = unsafe {
        let driver = (*dev).driver;
        if driver.is_null() {
            return std::ptr::null();
        }
        find_entry(dev, (*driver).of_match_table)
    };
    // SAFETY: The entry is one of the driver's table.
    unsafe { entry.as_ref() }.map_or(std::ptr::null(), |entry| entry.data)
}

// The bindings of kernel trees have it; drivers of the workspace need the data only.
#[cfg(kernel_tree)]
same_abi!(of_match_device: fn(*const of_device_id, *const device) -> *const of_device_id);

/// `drivers/of/device.c: of_match_device`.
///
/// # Safety
///
/// `table` is null or ends with an empty entry.
#[no_mangle]
pub(crate) unsafe extern "C" fn of_match_device(
    table: *const of_device_id,
    dev: *const device,
) -> *const of_device_id {
    // SAFETY: The caller's promise.
    unsafe { find_entry(dev, table) }
}

/// `drivers/base/platform.c: __platform_driver_register`.
///
/// # Safety
///
/// `drv` stays until it is unregistered.
#[no_mangle]
pub(crate) unsafe extern "C" fn __platform_driver_register(
    drv: *mut platform_driver,
    owner: *mut module,
    _mod_name: *const u8,
) -> i32 {
    if fault::fails("__platform_driver_register") {
        return -libc::ENOMEM;
    }
    // SAFETY: The caller's promise.
    let name = unsafe {
        (*drv).driver.owner = owner;
        (*drv).driver.bus = &raw const bindings::platform_bus_type;
        text((*drv).driver.name)
    };
    driver::register("platform_driver_register", key(drv), Bus::Platform, &name)
}

/// `drivers/base/platform.c: platform_driver_unregister`.
///
/// # Safety
///
/// `drv` is a driver; one that is not registered is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn platform_driver_unregister(drv: *mut platform_driver) {
    driver::unregister("platform_driver_unregister", key(drv));
}

/// `drivers/base/platform.c: platform_get_resource`.
///
/// # Safety
///
/// `dev` is a platform device; one that is not bound is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn platform_get_resource(
    dev: *mut platform_device,
    type_: u32,
    num: u32,
) -> *mut resource {
    // SAFETY: Only the address is computed; nothing is read.
    let generic = unsafe { &raw const (*dev).dev };
    if require_bound("platform_get_resource", generic).is_none() {
        return std::ptr::null_mut();
    }
    detail!("platform_get_resource({num})");
    // SAFETY: The device is in the table, so its memory was not freed; the stub filled the list.
    unsafe {
        let all = (0..(*dev).num_resources as usize).map(|i| (*dev).resource.add(i));
        let mut fitting = all.filter(|&resource| (*resource).flags & type_ as usize != 0);
        fitting.nth(num as usize).unwrap_or(std::ptr::null_mut())
    }
}

/// Says which `compatible` strings a device has.
pub(crate) fn set_compatible(dev: *mut device, compatible: Vec<String>) {
    lock(&COMPATIBLE)
        .get_or_insert_default()
        .insert(key(dev), compatible);
}

/// `drivers/base/platform.c: platform_probe`.
///
/// # Safety
///
/// `dev` is a device on this bus that `driver` matches.
pub(super) unsafe fn probe(dev: *mut device, driver: *mut platform_driver) -> i32 {
    // SAFETY: The caller's promise.
    unsafe { (*driver).probe.map_or(0, |probe| probe(container(dev))) }
}

/// `drivers/base/platform.c: platform_remove`.
///
/// # Safety
///
/// `dev` is bound to `driver`, the generic part of a platform driver.
pub(super) unsafe fn remove(dev: *mut device, driver: *mut device_driver) {
    let offset = std::mem::offset_of!(platform_driver, driver);
    let driver: *mut platform_driver = driver.wrapping_byte_sub(offset).cast();
    // SAFETY: The caller's promise.
    unsafe {
        if let Some(remove) = (*driver).remove {
            remove(container(dev));
        }
    }
}

/// `drivers/base/platform.c: platform_match`: by device tree, or by name.
///
/// # Safety
///
/// `dev` is a device on this bus, and `driver` is registered.
pub(super) unsafe fn matches(dev: *mut device, driver: *mut platform_driver) -> bool {
    // SAFETY: The caller's promise.
    unsafe {
        let by_tree = find_entry(dev, (*driver).driver.of_match_table);
        let name = (*container(dev)).name;
        !by_tree.is_null() || text(name) == text((*driver).driver.name)
    }
}

/// `drivers/of/base.c: of_match_node`, by `compatible` alone: the device's most specific string
/// that the table has.
///
/// # Safety
///
/// `table` is null or ends with an empty entry.
unsafe fn find_entry(dev: *const device, table: *const of_device_id) -> *const of_device_id {
    let compatible = lock(&COMPATIBLE)
        .get_or_insert_default()
        .get(&key(dev))
        .cloned();
    for wanted in compatible.unwrap_or_default() {
        let mut entry = table;
        // SAFETY: The caller's promise.
        while unsafe { entry.as_ref() }.is_some_and(|entry| entry.compatible[0] != 0) {
            // SAFETY: The loop's condition found an entry that is not the last.
            unsafe {
                if array_text(&(*entry).compatible) == wanted {
                    return entry;
                }
                entry = entry.add(1);
            }
        }
    }
    std::ptr::null()
}

fn container(dev: *mut device) -> *mut platform_device {
    let offset = std::mem::offset_of!(platform_device, dev);
    dev.wrapping_byte_sub(offset).cast()
}
