//! The C types, as the kernel defines them.
//!
//! They differ from [`core::ffi`] where the kernel does: `char` is unsigned and `long` is a
//! pointer-sized integer.

#[doc(no_inline)]
pub use bindings::{c_char, c_int, c_long, c_uint, c_ulong};
#[doc(no_inline)]
pub use core::ffi::{c_longlong, c_schar, c_short, c_uchar, c_ulonglong, c_ushort, c_void, CStr};
