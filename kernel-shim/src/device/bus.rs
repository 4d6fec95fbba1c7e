//! Devices of some bus, which contain a [`Device`], and what all of them implement alike.

use super::{Device, DeviceContext};

/// A device of some bus, which contains a [`Device`].
///
/// For bus and class abstractions, not for drivers.
///
/// # Safety
///
/// `Self` is a transparent wrapper of a C struct that has a `struct device` at `OFFSET`, and
/// `AsRef` returns that one.
pub unsafe trait AsBusDevice<Ctx: DeviceContext>: AsRef<Device<Ctx>> {
    /// The offset of the device within the bus device.
    const OFFSET: usize;

    /// From a device to the bus device that contains it.
    ///
    /// # Safety
    ///
    /// `dev` is contained in a `Self`.
    unsafe fn from_device(dev: &Device<Ctx>) -> &Self
    where
        Self: Sized,
    {
        // SAFETY: The device lies at `OFFSET` in a `Self`, as the caller guarantees, and what
        // `Ctx` states holds for both of them.
        unsafe { &*dev.as_raw().byte_sub(Self::OFFSET).cast() }
    }
}

/// Makes a device that contains a generic one: the one from the other, and the other from the one.
///
/// # Safety
///
/// `$device<Ctx>` is a transparent wrapper of `Opaque<$raw>`, its first field, and keeps the
/// invariant of [`Device`] for the `dev` in it.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_bus_device {
    (unsafe { $device:ident($raw:ty) }) => {
        impl<Ctx: $crate::device::DeviceContext> ::core::convert::AsRef<$crate::device::Device<Ctx>>
            for $device<Ctx>
        {
            fn as_ref(&self) -> &$crate::device::Device<Ctx> {
                // SAFETY: The generic device is a part of this one, and the type invariant is about
                // it.
                unsafe { $crate::device::Device::from_raw(&raw mut (*self.0.get()).dev) }
            }
        }

        // SAFETY: The type is a transparent wrapper by the requirement of the macro, and `AsRef` is
        // as asked.
        unsafe impl<Ctx: $crate::device::DeviceContext> $crate::device::AsBusDevice<Ctx>
            for $device<Ctx>
        {
            const OFFSET: usize = ::core::mem::offset_of!($raw, dev);
        }

        // SAFETY: As for `device::Device`.
        unsafe impl Send for $device {}

        // SAFETY: As for `device::Device`.
        unsafe impl Sync for $device {}

        // SAFETY: As for `device::Device`.
        unsafe impl Sync for $device<$crate::device::Bound> {}
    };
}

/// Makes a device that contains a generic one counted by that.
///
/// # Safety
///
/// As for `impl_bus_device`; what the generic device's last reference frees is the whole device.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_bus_device_refcount {
    (unsafe { $device:ident($raw:ty) }) => {
        $crate::impl_device_context_into_aref!($device);

        // SAFETY: The generic device counts the references to what contains it.
        unsafe impl $crate::sync::aref::AlwaysRefCounted for $device {
            fn inc_ref(&self) {
                // SAFETY: The reference counter is not zero by the type invariant.
                unsafe { bindings::get_device(&raw mut (*self.0.get()).dev) };
            }

            unsafe fn dec_ref(obj: ::core::ptr::NonNull<Self>) {
                let dev = obj.cast::<$raw>().as_ptr();
                // SAFETY: The caller owns a reference and gives it up.
                unsafe { bindings::put_device(&raw mut (*dev).dev) };
            }
        }
    };
}

/// Makes the bus device from a generic one, if `$is` says that it is on that bus.
///
/// # Safety
///
/// The generic devices of which `$is` says so are contained in a `$device`.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_bus_device_try_from {
    (unsafe { $device:ident, $is:path }) => {
        impl<'a, Ctx: $crate::device::DeviceContext> TryFrom<&'a $crate::device::Device<Ctx>>
            for &'a $device<Ctx>
        {
            type Error = $crate::error::Error;

            fn try_from(
                dev: &'a $crate::device::Device<Ctx>,
            ) -> ::core::result::Result<Self, Self::Error> {
                // SAFETY: The device is valid by the type invariant.
                if !unsafe { $is(dev.as_raw()) } {
                    return Err($crate::error::code::EINVAL);
                }
                // SAFETY: It is on the bus, so it is contained in a device of the bus.
                Ok(unsafe { <$device<Ctx> as $crate::device::AsBusDevice<Ctx>>::from_device(dev) })
            }
        }
    };
}
