//! What only code of a kernel tree asks for, over that tree's `bindings`: the module that modpost
//! would make, and helpers that the shim has no use for.
#![expect(non_snake_case, reason = "The names are those of C.")]

pub(crate) mod auxiliary;
mod completion;
pub(crate) mod dumb;
mod locks;
mod rcu;
mod refcount;

use std::cell::UnsafeCell;
use std::ffi::c_void;
use std::mem::MaybeUninit;

use bindings::module;

use crate::abi::same_abi;

/// `include/linux/err.h: MAX_ERRNO`.
const MAX_ERRNO: usize = 4095;

same_abi!(IS_ERR: fn(*const c_void) -> bool);
same_abi!(PTR_ERR: fn(*const c_void) -> isize);

/// A module that is loaded: of it, only the address is used.
#[repr(transparent)]
pub(crate) struct Module(UnsafeCell<MaybeUninit<module>>);

// SAFETY: Nothing reads or writes the structure.
unsafe impl Sync for Module {}

/// `scripts/mod/modpost.c: add_header`: `THIS_MODULE` of the driver in this program.
#[no_mangle]
pub(crate) static __this_module: Module = Module(UnsafeCell::new(MaybeUninit::zeroed()));

/// `include/linux/err.h: IS_ERR`.
///
/// # Safety
///
/// None.
#[export_name = "rust_helper_IS_ERR"]
pub(crate) unsafe extern "C" fn IS_ERR(ptr: *const c_void) -> bool {
    ptr.addr() >= MAX_ERRNO.wrapping_neg()
}

/// `include/linux/err.h: PTR_ERR`.
///
/// # Safety
///
/// None.
#[export_name = "rust_helper_PTR_ERR"]
pub(crate) unsafe extern "C" fn PTR_ERR(ptr: *const c_void) -> isize {
    ptr.addr() as isize
}
