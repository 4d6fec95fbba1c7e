//! Reference counts and the atomic byte of a revocable (`include/linux/refcount.h`,
//! `rust/helpers/atomic_ext.c`).
#![expect(non_snake_case, reason = "The names are those of C.")]

use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicI32, AtomicI8, Ordering};

use bindings::refcount_t;

use crate::abi::same_abi;

same_abi!(REFCOUNT_INIT: fn(i32) -> refcount_t);
same_abi!(refcount_inc: fn(*mut refcount_t));
same_abi!(refcount_dec_and_test: fn(*mut refcount_t) -> bool);
same_abi!(atomic_i8_read: fn(*mut i8) -> i8);
same_abi!(atomic_i8_xchg_relaxed: fn(*mut i8, i8) -> i8);

/// `include/linux/refcount.h: REFCOUNT_INIT`.
///
/// # Safety
///
/// None.
#[export_name = "rust_helper_REFCOUNT_INIT"]
pub(crate) unsafe extern "C" fn REFCOUNT_INIT(n: i32) -> refcount_t {
    let mut count = MaybeUninit::<refcount_t>::zeroed();
    // SAFETY: All-zero bytes are a `refcount_t`, whose counter is an integer.
    unsafe {
        (*count.as_mut_ptr()).refs.counter = n;
        count.assume_init()
    }
}

/// `include/linux/refcount.h: refcount_inc`.
///
/// # Safety
///
/// `count` is alive.
#[export_name = "rust_helper_refcount_inc"]
pub(crate) unsafe extern "C" fn refcount_inc(count: *mut refcount_t) {
    // SAFETY: The caller's promise.
    unsafe { counter(count) }.fetch_add(1, Ordering::Relaxed);
}

/// `include/linux/refcount.h: refcount_dec_and_test`.
///
/// # Safety
///
/// `count` is alive.
#[export_name = "rust_helper_refcount_dec_and_test"]
pub(crate) unsafe extern "C" fn refcount_dec_and_test(count: *mut refcount_t) -> bool {
    // SAFETY: The caller's promise.
    unsafe { counter(count) }.fetch_sub(1, Ordering::AcqRel) == 1
}

/// `rust/helpers/atomic_ext.c: rust_helper_atomic_i8_read`.
///
/// # Safety
///
/// `ptr` is alive, and all access to it is atomic.
#[export_name = "rust_helper_atomic_i8_read"]
pub(crate) unsafe extern "C" fn atomic_i8_read(ptr: *mut i8) -> i8 {
    // SAFETY: The caller's promise.
    unsafe { AtomicI8::from_ptr(ptr) }.load(Ordering::Relaxed)
}

/// `rust/helpers/atomic_ext.c: rust_helper_atomic_i8_xchg_relaxed`.
///
/// # Safety
///
/// `ptr` is alive, and all access to it is atomic.
#[export_name = "rust_helper_atomic_i8_xchg_relaxed"]
pub(crate) unsafe extern "C" fn atomic_i8_xchg_relaxed(ptr: *mut i8, new: i8) -> i8 {
    // SAFETY: The caller's promise.
    unsafe { AtomicI8::from_ptr(ptr) }.swap(new, Ordering::Relaxed)
}

/// # Safety
///
/// `count` is alive for as long as the result is used, and all access to it is atomic.
unsafe fn counter<'a>(count: *mut refcount_t) -> &'a AtomicI32 {
    // SAFETY: The caller's promise.
    unsafe { AtomicI32::from_ptr(&raw mut (*count).refs.counter) }
}
