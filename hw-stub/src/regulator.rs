//! Voltage regulators (`drivers/regulator/core.c`).

use bindings::{device, regulator};

use crate::abi::{err_ptr, same_abi, text};
use crate::consumer::{self, Supply};
use crate::fault;

same_abi!(regulator_get: fn(*mut device, *const u8) -> *mut regulator);
same_abi!(regulator_put: fn(*mut regulator));
same_abi!(regulator_enable: fn(*mut regulator) -> i32);
same_abi!(regulator_disable: fn(*mut regulator) -> i32);

/// `drivers/regulator/core.c: regulator_get`: a device that does not declare the regulator gets one
/// that switches nothing.
///
/// # Safety
///
/// `id` is null-terminated; `dev` is a device.
#[export_name = "rust_helper_regulator_get"]
pub(crate) unsafe extern "C" fn regulator_get(dev: *mut device, id: *const u8) -> *mut regulator {
    if fault::fails("regulator_get") {
        return err_ptr(-libc::ENOMEM);
    }
    // SAFETY: The caller's promise.
    let id = unsafe { text(id) };
    consumer::get("regulator_get", dev, Supply::Regulator, &id)
}

/// `drivers/regulator/core.c: regulator_put`.
///
/// # Safety
///
/// `regulator` is null or was got; one that is gone is reported.
#[export_name = "rust_helper_regulator_put"]
pub(crate) unsafe extern "C" fn regulator_put(regulator: *mut regulator) {
    if !regulator.is_null() {
        consumer::put("regulator_put", regulator);
    }
}

/// `drivers/regulator/core.c: regulator_enable`.
///
/// # Safety
///
/// `regulator` was got; one that is gone is reported.
#[export_name = "rust_helper_regulator_enable"]
pub(crate) unsafe extern "C" fn regulator_enable(regulator: *mut regulator) -> i32 {
    if fault::fails("regulator_enable") {
        return -libc::EIO;
    }
    consumer::switch_on("regulator_enable", regulator)
}

/// `drivers/regulator/core.c: regulator_disable`.
///
/// # Safety
///
/// `regulator` was got; one that is gone is reported.
#[export_name = "rust_helper_regulator_disable"]
pub(crate) unsafe extern "C" fn regulator_disable(regulator: *mut regulator) -> i32 {
    consumer::switch_off("regulator_disable", regulator);
    0
}
