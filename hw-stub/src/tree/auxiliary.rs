//! Devices that a driver adds to the auxiliary bus (`drivers/base/auxiliary.c`): parts of the device
//! that it is bound to.

use std::ffi::CString;

use bindings::{auxiliary_device, device};

use crate::abi::{key, same_abi, text};
use crate::base::bind::Bus;
use crate::base::device as table;
use crate::base::driver;
use crate::{fault, names};

same_abi!(auxiliary_device_init: fn(*mut auxiliary_device) -> i32);
same_abi!(__auxiliary_device_add: fn(*mut auxiliary_device, *const u8) -> i32);
same_abi!(auxiliary_device_delete: fn(*mut auxiliary_device));
same_abi!(auxiliary_device_uninit: fn(*mut auxiliary_device));

/// A container that is freed by the device's own `release`.
const OWN: usize = 0;

/// `drivers/base/auxiliary.c: auxiliary_device_init`.
///
/// # Safety
///
/// Name, parent and `release` are set; the rest is zeroed.
#[no_mangle]
pub(crate) unsafe extern "C" fn auxiliary_device_init(auxdev: *mut auxiliary_device) -> i32 {
    // SAFETY: The caller's promise.
    unsafe {
        if (*auxdev).dev.parent.is_null() || (*auxdev).name.is_null() {
            return -libc::EINVAL;
        }
        let (dev, name) = (&raw mut (*auxdev).dev, text((*auxdev).name));
        table::initialize(dev, OWN, &name, Bus::Auxiliary, (*dev).parent);
    }
    0
}

/// `drivers/base/auxiliary.c: __auxiliary_device_add`.
///
/// # Safety
///
/// `auxdev` was initialised; `modname` is null-terminated.
#[no_mangle]
pub(crate) unsafe extern "C" fn __auxiliary_device_add(
    auxdev: *mut auxiliary_device,
    modname: *const u8,
) -> i32 {
    if fault::fails("__auxiliary_device_add") {
        return -libc::ENOMEM;
    }
    // SAFETY: The caller's promise.
    let (dev, name) = unsafe {
        let (name, id) = (text((*auxdev).name), (*auxdev).id);
        let name = format!("{}.{name}.{id}", text(modname));
        (&raw mut (*auxdev).dev, name)
    };
    names::set(key(dev), format!("dev:{name}"));
    let name = CString::new(name).expect("it is made of C strings");
    table::with("__auxiliary_device_add", dev, |state| state.name = name);
    driver::add_device(dev, Bus::Auxiliary);
    0
}

/// `include/linux/auxiliary_bus.h: auxiliary_device_delete`.
///
/// # Safety
///
/// `auxdev` was added.
#[export_name = "rust_helper_auxiliary_device_delete"]
pub(crate) unsafe extern "C" fn auxiliary_device_delete(auxdev: *mut auxiliary_device) {
    // SAFETY: The caller's promise.
    driver::remove_device(unsafe { &raw mut (*auxdev).dev });
}

/// `include/linux/auxiliary_bus.h: auxiliary_device_uninit`.
///
/// # Safety
///
/// `auxdev` was initialised.
#[export_name = "rust_helper_auxiliary_device_uninit"]
pub(crate) unsafe extern "C" fn auxiliary_device_uninit(auxdev: *mut auxiliary_device) {
    // SAFETY: The caller's promise.
    table::put("auxiliary_device_uninit", unsafe { &raw mut (*auxdev).dev });
}

/// Calls the `release` of a device in a container of its own; false for any other.
///
/// # Safety
///
/// The last reference to `dev` is gone.
pub(crate) unsafe fn release(dev: *mut device, container: usize) -> bool {
    // SAFETY: The caller's promise: this is where the core calls it.
    if let (OWN, Some(release)) = (container, unsafe { (*dev).release }) {
        // SAFETY: As above.
        unsafe { release(dev) };
        return true;
    }
    false
}
