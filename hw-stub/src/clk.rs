//! Clocks (`drivers/clk/clk.c`).

use bindings::{clk, device};

use crate::abi::{err_ptr, same_abi, text};
use crate::consumer::{self, Supply};
use crate::fault;

same_abi!(clk_get: fn(*mut device, *const u8) -> *mut clk);
same_abi!(clk_get_optional: fn(*mut device, *const u8) -> *mut clk);
same_abi!(clk_put: fn(*mut clk));
same_abi!(clk_prepare_enable: fn(*mut clk) -> i32);
same_abi!(clk_disable_unprepare: fn(*mut clk));
same_abi!(clk_get_rate: fn(*mut clk) -> usize);

/// `drivers/clk/clkdev.c: clk_get`.
///
/// # Safety
///
/// `id` is null or null-terminated; `dev` is a device.
#[export_name = "rust_helper_clk_get"]
pub(crate) unsafe extern "C" fn clk_get(dev: *mut device, id: *const u8) -> *mut clk {
    // SAFETY: The caller's promise.
    let id = unsafe { text(id) };
    if fault::fails("clk_get") {
        return err_ptr(-libc::ENOMEM);
    }
    if !consumer::exists(dev, Supply::Clock, &id) {
        return err_ptr(-libc::ENOENT);
    }
    consumer::get("clk_get", dev, Supply::Clock, &id)
}

/// `include/linux/clk.h: clk_get_optional`: null stands for a clock that the device does not have.
///
/// # Safety
///
/// As for `clk_get`.
#[export_name = "rust_helper_clk_get_optional"]
pub(crate) unsafe extern "C" fn clk_get_optional(dev: *mut device, id: *const u8) -> *mut clk {
    // SAFETY: The caller's promise.
    let clk = unsafe { clk_get(dev, id) };
    if clk == err_ptr(-libc::ENOENT) {
        return std::ptr::null_mut();
    }
    clk
}

/// `drivers/clk/clkdev.c: clk_put`.
///
/// # Safety
///
/// `clk` is null or a clock that was got; one that is gone is reported.
#[export_name = "rust_helper_clk_put"]
pub(crate) unsafe extern "C" fn clk_put(clk: *mut clk) {
    if !clk.is_null() {
        consumer::put("clk_put", clk);
    }
}

/// `include/linux/clk.h: clk_prepare_enable`.
///
/// # Safety
///
/// As for `clk_put`.
#[export_name = "rust_helper_clk_prepare_enable"]
pub(crate) unsafe extern "C" fn clk_prepare_enable(clk: *mut clk) -> i32 {
    if clk.is_null() {
        return 0;
    }
    if fault::fails("clk_prepare_enable") {
        return -libc::EIO;
    }
    consumer::switch_on("clk_prepare_enable", clk)
}

/// `include/linux/clk.h: clk_disable_unprepare`.
///
/// # Safety
///
/// As for `clk_put`.
#[export_name = "rust_helper_clk_disable_unprepare"]
pub(crate) unsafe extern "C" fn clk_disable_unprepare(clk: *mut clk) {
    if !clk.is_null() {
        consumer::switch_off("clk_disable_unprepare", clk);
    }
}

/// `drivers/clk/clk.c: clk_get_rate`.
///
/// # Safety
///
/// None.
#[export_name = "rust_helper_clk_get_rate"]
pub(crate) unsafe extern "C" fn clk_get_rate(clk: *mut clk) -> usize {
    const RATE: usize = 800_000_000;
    if clk.is_null() {
        0
    } else {
        RATE
    }
}
