//! Ioctl tables that belong to their driver.
//!
//! An entry knows the driver whose device, file and registration data its handler takes. Tables
//! are made by [`declare_drm_ioctls!`](crate::declare_drm_ioctls) only.

use crate::drm;
use core::marker::PhantomData;

/// Builds the number of an ioctl without an argument.
#[expect(non_snake_case, reason = "the name of the C macro")]
pub const fn IO(nr: u32) -> u32 {
    crate::ioctl::_IO(BASE, nr)
}

/// Builds the number of an ioctl whose argument the driver writes.
#[expect(non_snake_case, reason = "the name of the C macro")]
pub const fn IOR<T>(nr: u32) -> u32 {
    crate::ioctl::_IOR::<T>(BASE, nr)
}

/// Builds the number of an ioctl whose argument the driver reads.
#[expect(non_snake_case, reason = "the name of the C macro")]
pub const fn IOW<T>(nr: u32) -> u32 {
    crate::ioctl::_IOW::<T>(BASE, nr)
}

/// Builds the number of an ioctl whose argument the driver reads and writes.
#[expect(non_snake_case, reason = "the name of the C macro")]
pub const fn IOWR<T>(nr: u32) -> u32 {
    crate::ioctl::_IOWR::<T>(BASE, nr)
}

/// The type letter of DRM ioctls.
const BASE: u32 = b'd' as u32;

/// On the primary node, the caller must be authenticated.
pub const AUTH: u32 = bindings::drm_ioctl_flags_DRM_AUTH;
/// The caller must be the current master.
pub const MASTER: u32 = bindings::drm_ioctl_flags_DRM_MASTER;
/// The caller must be privileged (`CAP_SYS_ADMIN`).
pub const ROOT_ONLY: u32 = bindings::drm_ioctl_flags_DRM_ROOT_ONLY;
/// The ioctl is allowed on render nodes.
pub const RENDER_ALLOW: u32 = bindings::drm_ioctl_flags_DRM_RENDER_ALLOW;

/// An entry of the ioctl table of driver `D`.
///
/// # Invariants
///
/// The entry's function takes the devices and files of `D`, and an argument of `_IOC_SIZE(cmd)`
/// bytes.
#[repr(transparent)]
pub struct DrmIoctlDescriptor<D: drm::Driver>(bindings::drm_ioctl_desc, PhantomData<fn(D) -> D>);

/// Checks that each entry of a table has the number of its place.
///
/// The macro has checked the table that it made. But a driver may pass on a part of one.
pub(super) const fn assert_in_order<D: drm::Driver>(table: &[DrmIoctlDescriptor<D>]) {
    let mut at = 0;
    while at < table.len() {
        assert!(
            crate::ioctl::_IOC_NR(table[at].0.cmd) == crate::uapi::DRM_COMMAND_BASE + at as u32,
            "claim ioctl-numbers-in-order: a table begins at DRM_COMMAND_BASE and has no gap"
        );
        at += 1;
    }
}

/// What [`declare_drm_ioctls!`](crate::declare_drm_ioctls) expands to. Not for direct use.
#[doc(hidden)]
pub mod internal {
    use super::DrmIoctlDescriptor;
    use crate::drm::{self, Device, Ioctl, Registered};
    use crate::error::{
        code::{ENODEV, ERANGE},
        Result,
    };
    use crate::ioctl::_IOC_SIZE;
    use crate::str::{as_char_ptr_in_const_context, CStr};
    use crate::uapi::Argument;
    use core::ffi::c_void;
    use core::marker::PhantomData;

    pub use pastey::paste;

    /// The right to make one entry of a table.
    ///
    /// # Invariants
    ///
    /// The number of the entry is the one that belongs to its place in the table.
    pub struct InPlace(());

    impl InPlace {
        /// Takes the right.
        ///
        /// # Safety
        ///
        /// The caller has compared the number of the entry with its place in the table.
        pub const unsafe fn assume() -> Self {
            // INVARIANT: Promised by the caller.
            Self(())
        }
    }

    /// Makes a table entry for a handler that captures nothing.
    ///
    /// Each of the handler's lifetimes is its own, so it can keep none of its arguments.
    pub const fn descriptor<D, A, H>(
        cmd: u32,
        flags: u32,
        name: &'static CStr,
        _handler: H,
        _in_place: InPlace,
    ) -> DrmIoctlDescriptor<D>
    where
        D: drm::Driver,
        A: Argument,
        H: for<'dev, 'reg, 'data, 'arg, 'file> Fn(
                &'dev Device<D, Registered>,
                &'data D::RegistrationData<'reg>,
                &'arg mut A,
                &'file drm::File<D::File>,
            ) -> Result<u32>
            + Copy
            + 'static,
    {
        const {
            assert!(size_of::<H>() == 0, "an ioctl handler captures nothing");
        }
        assert!(
            size_of::<A>() == _IOC_SIZE(cmd) as usize,
            "the argument's size is not the one in the ioctl's number"
        );

        // INVARIANT: `dispatch` takes what the invariant names; the size was just compared.
        DrmIoctlDescriptor(
            bindings::drm_ioctl_desc {
                cmd,
                flags,
                func: Some(dispatch::<D, A, H>),
                name: as_char_ptr_in_const_context(name),
            },
            PhantomData,
        )
    }

    /// Runs handler `H` inside a registration guard, or fails with `ENODEV`.
    ///
    /// # Safety
    ///
    /// - `raw_dev` is a device of `D` for which `drm_dev_register()` was called, and `raw_file` is
    ///   an open file of it; both live until the function returns.
    /// - `raw_data` points to `size_of::<A>()` initialised bytes, aligned for `A`, that nobody else
    ///   accesses until the function returns.
    /// - A value of `H` existed.
    unsafe extern "C" fn dispatch<D, A, H>(
        raw_dev: *mut bindings::drm_device,
        raw_data: *mut c_void,
        raw_file: *mut bindings::drm_file,
    ) -> i32
    where
        D: drm::Driver,
        A: Argument,
        H: for<'dev, 'reg, 'data, 'arg, 'file> Fn(
                &'dev Device<D, Registered>,
                &'data D::RegistrationData<'reg>,
                &'arg mut A,
                &'file drm::File<D::File>,
            ) -> Result<u32>
            + Copy
            + 'static,
    {
        // SAFETY: Promised by the caller. `Registration` publishes the data before it calls
        // `drm_dev_register()`, as the invariant of `Ioctl` demands.
        let dev: &Device<D, Ioctl> = unsafe { Device::from_raw(raw_dev) };

        let Some(guard) = dev.registration_guard() else {
            return ENODEV.to_errno();
        };

        // SAFETY: Promised by the caller; every bit pattern is a valid `Argument`.
        let data = unsafe { &mut *raw_data.cast::<A>() };
        // SAFETY: Promised by the caller; files of a device of `D` carry `D::File`.
        let file = unsafe { drm::File::<D::File>::from_raw(raw_file) };
        // SAFETY: `H` has no size, so it has one value; that one exists, and may be copied.
        let handler = unsafe { core::mem::zeroed::<H>() };

        match guard.registration_data_with(|reg| handler(&guard, reg, data, file)) {
            Ok(value) => i32::try_from(value).unwrap_or(ERANGE.to_errno()),
            Err(error) => error.to_errno(),
        }
    }
}

/// Declares the ioctls of a driver, inside its `impl drm::Driver`.
///
/// Each entry is `(NAME, argument, flags, handler)`: the ioctl `DRM_IOCTL_<NAME>` and the struct
/// `argument` are those of [`kernel::uapi`](crate::uapi), `flags` a combination of
/// [`ioctl::AUTH`](crate::drm::ioctl::AUTH) and its like, and `handler` has the signature
///
/// ```text
/// fn handler(
///     dev: &drm::Device<Self, drm::Registered>,
///     data: &Self::RegistrationData<'_>,
///     arg: &mut uapi::argument,
///     file: &drm::File<Self::File>,
/// ) -> Result<u32>
/// ```
///
/// Handlers run inside a registration guard; a client whose device is gone gets `ENODEV`.
///
/// Compilation fails when the numbers leave a gap from `DRM_COMMAND_BASE` on, when an argument
/// does not have the size that is in its number, and when a handler belongs to another driver, is
/// unsafe, or keeps what it is given.
///
/// # Examples
///
/// ```
/// use kernel::drm::{self, ioctl, Registered};
/// use kernel::prelude::*;
/// use kernel::uapi;
///
/// impl Gpu {
///     fn get_param(
///         _dev: &drm::Device<Self, Registered>,
///         _data: &(),
///         arg: &mut uapi::drm_nova_getparam,
///         _file: &drm::File<GpuClient>,
///     ) -> Result<u32> {
///         arg.value = 1;
///         Ok(0)
///     }
/// }
///
/// // The last part stands inside of `impl drm::Driver for Gpu`:
/// driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {
///     (NOVA_GETPARAM, drm_nova_getparam, ioctl::RENDER_ALLOW, Self::get_param),
/// });
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! declare_drm_ioctls {
    ( $(($cmd:ident, $arg:ident, $flags:expr, $handler:expr)),* $(,)? ) => {
        const IOCTLS: &'static [$crate::drm::ioctl::DrmIoctlDescriptor<Self>] = {
            const _: () = {
                let numbers: &[u32] = &[$($crate::drm::ioctl::internal::paste!($crate::uapi::[<DRM_IOCTL_ $cmd>])),*];
                let mut at = 0;
                while at < numbers.len() {
                    ::core::assert!(
                        $crate::ioctl::_IOC_NR(numbers[at])
                            == $crate::uapi::DRM_COMMAND_BASE + at as u32,
                        "ioctl numbers must follow each other from DRM_COMMAND_BASE on",
                    );
                    at += 1;
                }
            };

            &[$(
                $crate::drm::ioctl::internal::descriptor::<Self, $crate::uapi::$arg, _>(
                    $crate::drm::ioctl::internal::paste!($crate::uapi::[<DRM_IOCTL_ $cmd>]),
                    $flags,
                    $crate::c_str!(::core::stringify!($cmd)),
                    |dev: &$crate::drm::Device<Self, $crate::drm::Registered>,
                     data: &<Self as $crate::drm::Driver>::RegistrationData<'_>,
                     arg: &mut $crate::uapi::$arg,
                     file: &$crate::drm::File<<Self as $crate::drm::Driver>::File>|
                     -> $crate::error::Result<u32> { ($handler)(dev, data, arg, file) },
                    // SAFETY: The constant above has compared all numbers with their places.
                    unsafe { $crate::drm::ioctl::internal::InPlace::assume() },
                )
            ),*]
        };
    };
}

#[cfg(test)]
#[path = "ioctl_tests.rs"]
mod tests;
