//! Error numbers of C functions as a Rust error type.
//!
//! C returns them as negative integers, or in place of a pointer; [`Result`] is what Rust returns.

use crate::alloc::AllocError;
use crate::ffi::c_int;
use crate::fmt;
use core::alloc::LayoutError;
use core::convert::Infallible;
use core::ffi::CStr;
use core::num::{NonZeroI32, TryFromIntError};
use core::str::Utf8Error;

/// The error numbers of the kernel.
pub mod code {
    use super::{CStr, Error};

    macro_rules! codes {
        ($($name:ident: $doc:literal,)*) => {
            $(
                #[doc = $doc]
                pub const $name: Error = Error::from_code(bindings::$name);
            )*

            /// The name of `error`, if it is one of the above.
            pub(super) fn name(error: Error) -> Option<&'static CStr> {
                $(
                    if error == $name {
                        return Some(crate::c_str!(stringify!($name)));
                    }
                )*
                None
            }
        };
    }

    codes! {
        EPERM: "Operation not permitted.",
        ENOENT: "No such file or directory.",
        EINTR: "Interrupted system call.",
        EIO: "I/O error.",
        ENXIO: "No such device or address.",
        EBADF: "Bad file number.",
        EAGAIN: "Try again.",
        ENOMEM: "Out of memory.",
        EACCES: "Permission denied.",
        EFAULT: "Bad address.",
        EBUSY: "Device or resource busy.",
        EEXIST: "Exists already.",
        ENODEV: "No such device.",
        EINVAL: "Invalid argument.",
        ENOTTY: "Not a terminal: no such ioctl.",
        ENOSPC: "No space left on device.",
        ERANGE: "Result not representable.",
        ENOSYS: "No such system call.",
        EOVERFLOW: "Value too large for its type.",
        EOPNOTSUPP: "Operation not supported.",
        ETIMEDOUT: "Connection timed out.",
        ERESTARTSYS: "Restart the system call.",
        EPROBE_DEFER: "The driver asks to be probed again later.",
    }
}

/// A kernel error number.
///
/// # Invariants
///
/// The value is in `-MAX_ERRNO..0`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Error(NonZeroI32);

impl Error {
    /// Creates an error from a negative error number; an invalid one becomes `EINVAL`.
    pub fn from_errno(errno: c_int) -> Error {
        Self::try_from_errno(errno).unwrap_or_else(|| {
            crate::pr_warn!("error number out of range: {errno}\n");
            code::EINVAL
        })
    }

    /// The negative error number.
    pub fn to_errno(self) -> c_int {
        self.0.get()
    }

    /// The error as a C error pointer (`ERR_PTR`).
    pub fn to_ptr<T>(self) -> *mut T {
        core::ptr::without_provenance_mut(self.0.get() as isize as usize)
    }

    /// The name of the error number, if it is known.
    pub fn name(&self) -> Option<&'static CStr> {
        code::name(*self)
    }

    const fn from_code(code: u32) -> Error {
        match Self::try_from_errno(-(code as c_int)) {
            Some(error) => error,
            None => panic!("error number out of range"),
        }
    }

    const fn try_from_errno(errno: c_int) -> Option<Error> {
        if errno < -(bindings::MAX_ERRNO as c_int) || errno >= 0 {
            return None;
        }
        match NonZeroI32::new(errno) {
            // INVARIANT: The range was checked above.
            Some(errno) => Some(Error(errno)),
            None => None,
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name().and_then(|name| name.to_str().ok()) {
            Some(name) => f.debug_tuple(name).finish(),
            None => f.debug_tuple("Error").field(&-self.0.get()).finish(),
        }
    }
}

impl From<AllocError> for Error {
    fn from(_: AllocError) -> Error {
        code::ENOMEM
    }
}

impl From<LayoutError> for Error {
    fn from(_: LayoutError) -> Error {
        code::ENOMEM
    }
}

impl From<TryFromIntError> for Error {
    fn from(_: TryFromIntError) -> Error {
        code::EINVAL
    }
}

impl From<Utf8Error> for Error {
    fn from(_: Utf8Error) -> Error {
        code::EINVAL
    }
}

impl From<fmt::Error> for Error {
    fn from(_: fmt::Error) -> Error {
        code::EINVAL
    }
}

impl From<Infallible> for Error {
    fn from(never: Infallible) -> Error {
        match never {}
    }
}

/// A [`Result`](core::result::Result) that is about success alone, and fails with an [`Error`],
/// unless told otherwise.
pub type Result<T = (), E = Error> = core::result::Result<T, E>;

/// Turns the return value of a C function, negative on failure, into a [`Result`].
pub fn to_result(err: c_int) -> Result {
    if err < 0 {
        Err(Error::from_errno(err))
    } else {
        Ok(())
    }
}

/// Turns a pointer that may be an error pointer into a [`Result`].
pub fn from_err_ptr<T>(ptr: *mut T) -> Result<*mut T> {
    let errno = ptr.addr() as isize;
    if errno < 0 && errno >= -(bindings::MAX_ERRNO as isize) {
        return Err(Error::from_errno(errno as c_int));
    }
    Ok(ptr)
}

/// Runs `f` and turns its result into the return value of a C function.
pub fn from_result<T, F>(f: F) -> T
where
    T: From<i16>,
    F: FnOnce() -> Result<T>,
{
    match f() {
        Ok(value) => value,
        // CAST: `-MAX_ERRNO` fits `i16` by the type invariant of `Error`.
        Err(error) => T::from(error.to_errno() as i16),
    }
}

/// The message of a default method of a `#[vtable]` trait that nobody may call.
pub const VTABLE_DEFAULT_ERROR: &str =
    "This function must not be called, see the #[vtable] documentation.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_pointers_make_the_round_trip() {
        assert_eq!(from_err_ptr(code::ENODEV.to_ptr::<u8>()), Err(code::ENODEV));
        let mut value = 0;
        assert!(from_err_ptr(&raw mut value).is_ok());
        assert!(from_err_ptr(core::ptr::null_mut::<u8>()).is_ok());
    }

    #[test]
    fn negative_return_values_are_errors() {
        assert_eq!(to_result(-22), Err(code::EINVAL));
        assert_eq!(to_result(0), Ok(()));
        assert_eq!(to_result(7), Ok(()));
        assert_eq!(from_result::<c_int, _>(|| Err(code::EPROBE_DEFER)), -517);
    }

    #[test]
    fn names_are_known() {
        assert_eq!(code::ENOMEM.name(), Some(c"ENOMEM"));
    }
}
