//! Helpers of every function behind the C ABI: proofs of signatures, error pointers, C strings.
//!
//! The kernel's `char` is unsigned and its `long` pointer-sized, so signatures here are spelt with
//! Rust's own integer types, which hold for every crate named `bindings`.

use std::ffi::CStr;
use std::mem::MaybeUninit;

use crate::oracle::{report, Kind};

/// Proves at compile time that a definition has the type that `bindings` declares.
///
/// The linker does not compare them, and neither does the compiler. What a real tree's `bindings`
/// lack is not proven there, under `cfg(kernel_tree)`; nobody can call it then.
macro_rules! same_abi {
    ($name:ident: $($signature:tt)*) => {
        const _: [unsafe extern "C" $($signature)*; 2] = [$name, bindings::$name];
    };
}
pub(crate) use same_abi;

/// `EPROBE_DEFER`, which userspace never sees and `libc` therefore lacks.
pub(crate) const EPROBE_DEFER: i32 = 517;

/// `ERR_PTR` of `include/linux/err.h`; `error` is negative.
pub(crate) fn err_ptr<T>(error: i32) -> *mut T {
    std::ptr::without_provenance_mut(error as isize as usize)
}

/// A C string as text, for messages and for matching; empty for null.
///
/// # Safety
///
/// `string` is null or points to a null-terminated string.
pub(crate) unsafe fn text(string: *const u8) -> String {
    if string.is_null() {
        return String::new();
    }
    // SAFETY: The caller passes a null-terminated string.
    let string = unsafe { CStr::from_ptr(string.cast()) };
    string.to_string_lossy().into_owned()
}

/// The text of a fixed-size, null-terminated array of a C table entry.
pub(crate) fn array_text(array: &[u8]) -> String {
    let end = array.iter().position(|&byte| byte == 0);
    String::from_utf8_lossy(&array[..end.unwrap_or(array.len())]).into_owned()
}

/// A C structure of zeroes, as `kzalloc` makes them.
///
/// # Safety
///
/// All-zero bytes are a valid `T`, as they are for every structure of C integers and pointers.
pub(crate) unsafe fn zeroed<T>() -> T {
    // SAFETY: The caller's promise.
    unsafe { MaybeUninit::zeroed().assume_init() }
}

/// A number that stands for an address in a side table; [`pointer()`] is its reverse.
///
/// Every object that a call is given comes by here, so this is where one is noticed that C could
/// not use where it lies.
pub(crate) fn key<T>(pointer: *const T) -> usize {
    if is_misaligned(pointer) {
        report_misaligned::<T>();
    }
    pointer.expose_provenance()
}

/// Whether a `T` cannot lie where `pointer` says. Error pointers stand for no object.
pub(crate) fn is_misaligned<T>(pointer: *const T) -> bool {
    const MAX_ERRNO: usize = 4095;
    !pointer.is_aligned() && pointer.addr() < MAX_ERRNO.wrapping_neg()
}

fn report_misaligned<T>() {
    let path = std::any::type_name::<T>();
    let name = path.rsplit("::").next().unwrap_or(path);
    let align = align_of::<T>();
    let now = detail!("a call got a misaligned {name}");
    let message = format!("a {name} lies at an address that is no multiple of {align}");
    report(Kind::MisalignedObject, message, None, now);
}

/// The pointer that [`key`] made a number of.
pub(crate) fn pointer<T>(key: usize) -> *mut T {
    std::ptr::with_exposed_provenance_mut(key)
}
