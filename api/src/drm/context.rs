//! The contexts of a [`Device`]: what is known about its registration.
//!
//! A context is a type without a value at run time. The assertions at the end keep it so, because
//! references to a device change their context by a pointer cast. The list of contexts is at the end
//! too, and whatever is about all of them is made from it.

use super::device::Device;
use super::layout::DeviceLayout;
use crate::drm;
use core::ops::Deref;
use seal::Sealed;

/// What is known about a [`Device`]: a context weakens to one that knows less, by a deref.
///
/// The trait is sealed: a context is a promise of this module, so no driver can add one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a DRM device context",
    label = "not one of `drm::Normal`, `drm::Ioctl`, `drm::Registered`",
    note = "contexts are promises of `kernel::drm` about a device, so a driver cannot add one"
)]
pub trait DeviceContext: Sealed + Send + Sync + 'static {}

/// The general context: the device may or may not be registered with userspace.
///
/// This is the context of reference-counted handles ([`ARef`](crate::sync::aref::ARef)), because
/// only a promise that never expires can be kept in one.
pub struct Normal;

/// The context of a device that was registered with userspace at some point.
///
/// It may be being unregistered at this moment, or be unregistered already. What it allows is to
/// ask: [`registration_guard`](Device::registration_guard) tells whether the device is still
/// registered and keeps it so.
///
/// # Invariants
///
/// The registration data of the device was published and `drm_dev_register()` was called for it;
/// from then on, `drm_dev_enter()` succeeds only while that data is alive.
pub struct Ioctl;

/// The context of a device that is registered with userspace now and whose parent is bound.
///
/// # Invariants
///
/// While a reference to a device in this context lives, unplugging the device waits; so the
/// registration data is alive and the parent bus device is bound.
pub struct Registered;

/// A seal of its own, so that the compiler's advice lists contexts and nothing else.
mod seal {
    pub trait Sealed {}
}

// The least known first. `A: B` says that `A` weakens to `B`: from what is known, something may always
// be forgotten. The other direction is `assume_ctx()`, which is unsafe and stays inside `drm`.
macro_rules! contexts {
    ($($context:ident $(: $weaker:ident)?),* $(,)?) => {
        $(
        impl Sealed for $context {}
        impl DeviceContext for $context {}

        $(
        impl<T: drm::Driver> Deref for Device<T, $context> {
            type Target = Device<T, $weaker>;

            #[inline]
            fn deref(&self) -> &Self::Target {
                // SAFETY: The invariants of a context are among those of each that weakens to it;
                // `Normal` has none. They hold for as long as `self` is borrowed.
                unsafe { self.assume_ctx() }
            }
        }
        )?

        const _: () = {
            assert!(
                size_of::<$context>() == 0,
                concat!("claim context-zero-sized: drm::", stringify!($context), " has a size"),
            );
            assert!(
                align_of::<$context>() == 1,
                concat!("claim context-byte-aligned: drm::", stringify!($context), " has an alignment"),
            );
            assert!(
                !core::mem::needs_drop::<$context>(),
                concat!("claim context-no-drop: drm::", stringify!($context), " has drop glue"),
            );
        };
        )*

        /// The name of every context, and the layout that it gives to a device of `T`.
        pub(super) const fn layouts<T: drm::Driver>(
        ) -> [(&'static str, DeviceLayout); [$(stringify!($context)),*].len()] {
            [$((stringify!($context), DeviceLayout::of::<T, $context>())),*]
        }
    };
}

contexts!(Normal, Ioctl: Normal, Registered: Normal);
