//! C strings: [`CStr`] with the kernel's `char`.
//!
//! The kernel's `char` is unsigned, that of [`core::ffi`] is not always; the conversions are here,
//! and no other string type is.

use crate::ffi::c_char;

#[doc(no_inline)]
pub use core::ffi::CStr;

mod private {
    pub trait Sealed {}
    impl Sealed for core::ffi::CStr {}
}

/// What the kernel adds to [`CStr`].
pub trait CStrExt: private::Sealed {
    /// Wraps a C string.
    ///
    /// # Safety
    ///
    /// `ptr` points to a null-terminated string that is valid, and not modified, for `'a`.
    unsafe fn from_char_ptr<'a>(ptr: *const c_char) -> &'a Self;

    /// The string as C wants it.
    fn as_char_ptr(&self) -> *const c_char;
}

impl CStrExt for CStr {
    unsafe fn from_char_ptr<'a>(ptr: *const c_char) -> &'a Self {
        // SAFETY: The caller guarantees what `CStr::from_ptr` asks for; the two `char` types have
        // the same size, and only their sign differs.
        unsafe { CStr::from_ptr(ptr.cast()) }
    }

    fn as_char_ptr(&self) -> *const c_char {
        self.as_ptr().cast()
    }
}

/// [`CStrExt::as_char_ptr`] for constants.
pub const fn as_char_ptr_in_const_context(c_str: &CStr) -> *const c_char {
    c_str.as_ptr().cast()
}

/// Creates a `&'static` [`CStr`] from a string literal, at compile time.
///
/// A C string literal, as in `c"name"`, is shorter where the text is a literal token.
#[macro_export]
macro_rules! c_str {
    ($str:expr) => {{
        const S: &str = concat!($str, "\0");
        const C: &::core::ffi::CStr = match ::core::ffi::CStr::from_bytes_with_nul(S.as_bytes()) {
            Ok(c) => c,
            Err(_) => panic!("string contains an interior null byte"),
        };
        C
    }};
}
