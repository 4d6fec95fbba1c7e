//! The contexts of a device: what is known about it while a reference is valid.
//!
//! They form a chain: `CoreInternal`, `Core`, `Bound`, `Normal`.

use core::marker::PhantomData;

/// What is known about a [`Device`](super::Device).
///
/// Sealed: the meaning of a context is an argument that the driver core and the abstractions
/// rely on.
pub trait DeviceContext: private::Sealed {}

/// Nothing beyond the existence of the device; the only context that can be counted.
pub struct Normal;

/// The device is bound to a driver.
pub struct Bound;

/// The device is bound, and the reference belongs to a callback of the bus, such as `probe`.
///
/// The lifetime is invariant, and every callback is generic over it: a reference cannot outlive
/// the callback.
pub struct Core<'a>(PhantomData<fn(&'a ()) -> &'a ()>);

/// As [`Core`], for the bus abstraction alone.
pub struct CoreInternal<'a>(PhantomData<fn(&'a ()) -> &'a ()>);

mod private {
    pub trait Sealed {}
    impl Sealed for super::Normal {}
    impl Sealed for super::Bound {}
    impl Sealed for super::Core<'_> {}
    impl Sealed for super::CoreInternal<'_> {}
}

impl DeviceContext for Normal {}
impl DeviceContext for Bound {}
impl DeviceContext for Core<'_> {}
impl DeviceContext for CoreInternal<'_> {}

/// Implements `Deref` from each context of a bus device to the next less specific one.
///
/// # Safety
///
/// `$device<Ctx>` is a transparent wrapper of a type that does not depend on `Ctx`.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_device_context_deref {
    (unsafe { $device:ident }) => {
        $crate::impl_device_context_deref!(
            @one $device, <'a>, $crate::device::CoreInternal<'a> => $crate::device::Core<'a>
        );
        $crate::impl_device_context_deref!(
            @one $device, <'a>, $crate::device::Core<'a> => $crate::device::Bound
        );
        $crate::impl_device_context_deref!(
            @one $device, <>, $crate::device::Bound => $crate::device::Normal
        );
    };
    (@one $device:ident, <$($lt:lifetime)?>, $src:ty => $dst:ty) => {
        impl$(<$lt>)? ::core::ops::Deref for $device<$src> {
            type Target = $device<$dst>;

            fn deref(&self) -> &Self::Target {
                // CAST: Both wrap the same type, by the safety requirement of the macro.
                // SAFETY: The pointer comes from `&self`; what the target context states follows
                // from what the source context states, and for as long as `&self` is valid.
                unsafe { &*::core::ptr::from_ref(self).cast() }
            }
        }
    };
}

/// Implements `From<&Device<Ctx>>` for `ARef<Device>`, for each context but `Normal`.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_device_context_into_aref {
    ($device:ident) => {
        $crate::impl_device_context_into_aref!(@one $device, $crate::device::CoreInternal<'_>);
        $crate::impl_device_context_into_aref!(@one $device, $crate::device::Core<'_>);
        $crate::impl_device_context_into_aref!(@one $device, $crate::device::Bound);
    };
    (@one $device:ident, $src:ty) => {
        impl ::core::convert::From<&$device<$src>> for $crate::sync::aref::ARef<$device> {
            fn from(dev: &$device<$src>) -> Self {
                let dev: &$device = dev;
                dev.into()
            }
        }
    };
}
