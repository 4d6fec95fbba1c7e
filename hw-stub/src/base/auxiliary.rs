//! The auxiliary bus (`drivers/base/auxiliary.c`): parts of a device that have drivers of their own.

use bindings::{
    auxiliary_device, auxiliary_device_id, auxiliary_driver, device, device_driver, module,
};

use super::bind::Bus;
use super::device as table;
use super::driver;
use crate::abi::{array_text, key, same_abi, text};
use crate::fault;

same_abi!(
    __auxiliary_driver_register: fn(*mut auxiliary_driver, *mut module, *const u8) -> i32
);
same_abi!(auxiliary_driver_unregister: fn(*mut auxiliary_driver));

/// `drivers/base/auxiliary.c: __auxiliary_driver_register`.
///
/// # Safety
///
/// `auxdrv` stays until it is unregistered; `modname` is null-terminated.
#[no_mangle]
pub(crate) unsafe extern "C" fn __auxiliary_driver_register(
    auxdrv: *mut auxiliary_driver,
    owner: *mut module,
    modname: *const u8,
) -> i32 {
    // SAFETY: The caller's promise.
    if unsafe { (*auxdrv).probe.is_none() || (*auxdrv).id_table.is_null() } {
        return -libc::EINVAL;
    }
    if fault::fails("__auxiliary_driver_register") {
        return -libc::ENOMEM;
    }
    // SAFETY: The caller's promise.
    let name = unsafe {
        (*auxdrv).driver.owner = owner;
        (text(modname), text((*auxdrv).name))
    };
    let name = if name.1.is_empty() {
        name.0
    } else {
        format!("{}.{}", name.0, name.1)
    };
    driver::register(
        "auxiliary_driver_register",
        key(auxdrv),
        Bus::Auxiliary,
        &name,
    )
}

/// `drivers/base/auxiliary.c: auxiliary_driver_unregister`.
///
/// # Safety
///
/// `auxdrv` is a driver; one that is not registered is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn auxiliary_driver_unregister(auxdrv: *mut auxiliary_driver) {
    driver::unregister("auxiliary_driver_unregister", key(auxdrv));
}

/// `drivers/base/auxiliary.c: auxiliary_bus_probe`.
///
/// # Safety
///
/// `dev` is a device on this bus that `driver` matches.
pub(super) unsafe fn probe(dev: *mut device, driver: *mut auxiliary_driver) -> i32 {
    // SAFETY: The caller's promise; `register` refuses drivers without a probe.
    unsafe {
        let id = find_id(dev, driver);
        (*driver)
            .probe
            .map_or(-libc::EINVAL, |probe| probe(container(dev), id))
    }
}

/// `drivers/base/auxiliary.c: auxiliary_bus_remove`.
///
/// # Safety
///
/// `dev` is bound to `driver`, the generic part of an auxiliary driver.
pub(super) unsafe fn remove(dev: *mut device, driver: *mut device_driver) {
    let offset = std::mem::offset_of!(auxiliary_driver, driver);
    let driver: *mut auxiliary_driver = driver.wrapping_byte_sub(offset).cast();
    // SAFETY: The caller's promise.
    unsafe {
        if let Some(remove) = (*driver).remove {
            remove(container(dev));
        }
    }
}

/// `drivers/base/auxiliary.c: auxiliary_match`.
///
/// # Safety
///
/// `dev` is a device on this bus, and `driver` is registered.
pub(super) unsafe fn matches(dev: *mut device, driver: *mut auxiliary_driver) -> bool {
    // SAFETY: The caller's promise.
    unsafe { !find_id(dev, driver).is_null() }
}

/// `drivers/base/auxiliary.c: auxiliary_match_id`: compares all but the number at the end.
///
/// # Safety
///
/// As for [`matches()`].
unsafe fn find_id(dev: *mut device, driver: *mut auxiliary_driver) -> *const auxiliary_device_id {
    let name = table::silently(dev, |state| state.name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let Some((wanted, _number)) = name.rsplit_once('.') else {
        return std::ptr::null();
    };
    // SAFETY: The driver's table ends with an empty entry.
    unsafe {
        let mut id = (*driver).id_table;
        while (*id).name[0] != 0 {
            if array_text(&(*id).name) == wanted {
                return id;
            }
            id = id.add(1);
        }
    }
    std::ptr::null()
}

fn container(dev: *mut device) -> *mut auxiliary_device {
    let offset = std::mem::offset_of!(auxiliary_device, dev);
    dev.wrapping_byte_sub(offset).cast()
}
