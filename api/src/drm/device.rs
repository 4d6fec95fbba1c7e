//! DRM devices and what is known about them.
//!
//! C header: `include/drm/drm_device.h`; the names are those of `rust/kernel/drm/device.rs` in
//! Linux 7.3. The types around it live in files of their own and are found here under the kernel's
//! paths.

pub use super::context::*;
pub use super::ever::EverRegistered;
pub use super::guard::RegistrationGuard;
pub use super::registered::WedgeRecovery;
pub use super::unregistered::UnregisteredDevice;

use crate::device;
use crate::drm;
use crate::sync::aref::AlwaysRefCounted;
use crate::types::Opaque;
use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::ops::Deref;
use core::ptr::NonNull;
use kernel_shim::internal::DeviceExt;

/// A DRM device of driver `T`, about which `C` is known.
///
/// In the [`Normal`] context it is reference counted and derefs to the driver's data. The other
/// contexts deref to one that knows less, and in the end to `Normal`.
///
/// # Invariants
///
/// - `self.dev` is an initialised `struct drm_device` that was allocated as a part of `Self`, and
///   whose parent is a `T::ParentDevice`.
/// - `self.data` is initialised and pinned.
/// - Layout is the same for every `C`: `C` occurs in a [`PhantomData`] only.
/// - The invariants of `C` hold.
#[repr(C)]
pub struct Device<T: drm::Driver, C: DeviceContext = Normal> {
    pub(super) dev: Opaque<bindings::drm_device>,
    pub(super) data: T::Data,
    /// Written before `drm_dev_register()` and never after; dangling before.
    pub(super) registration_data: UnsafeCell<NonNull<T::RegistrationData<'static>>>,
    _context: PhantomData<C>,
}

impl<T: drm::Driver, C: DeviceContext> Device<T, C> {
    pub(super) const DEV_OFFSET: usize = core::mem::offset_of!(Self, dev);

    pub(super) fn as_raw(&self) -> *mut bindings::drm_device {
        self.dev.get()
    }

    /// Borrows the device that `ptr` is embedded in.
    ///
    /// # Safety
    ///
    /// - `ptr` points to the `struct drm_device` of a `Device<T, _>`.
    /// - The device is not freed during `'a`.
    /// - The invariants of `C` hold during `'a`.
    #[doc(hidden)]
    pub unsafe fn from_raw<'a>(ptr: *const bindings::drm_device) -> &'a Self {
        // SAFETY: By the requirements of this function, `ptr` lies at `DEV_OFFSET` in a `Self`
        // that lives for `'a`; contexts share one layout by the type invariant.
        unsafe { &*ptr.byte_sub(Self::DEV_OFFSET).cast() }
    }

    /// Changes what is known about the device.
    ///
    /// # Safety
    ///
    /// The invariants of `New` hold for as long as the returned reference lives.
    pub(super) unsafe fn assume_ctx<New: DeviceContext>(&self) -> &Device<T, New> {
        // SAFETY: The layouts agree by the type invariant, which is checked where a device is made.
        // The caller answers for the invariants of `New`.
        unsafe { &*core::ptr::from_ref(self).cast() }
    }

    pub(super) fn parent(&self) -> &device::Device {
        // SAFETY: By the type invariant the device is initialised; its `dev` was set by
        // `__drm_dev_alloc()`, holds a reference to the parent and never changes.
        unsafe { device::Device::from_raw((*self.as_raw()).dev) }
    }

    pub(super) fn is_child_of(&self, dev: &device::Device<device::Bound>) -> bool {
        core::ptr::eq(self.parent().as_raw(), dev.as_raw())
    }
}

impl<T: drm::Driver> Deref for Device<T> {
    type Target = T::Data;

    #[inline]
    fn deref(&self) -> &Self::Target {
        &self.data
    }
}

// SAFETY: `drm_dev_get()` and `drm_dev_put()` count references in `struct drm_device`, and the
// device is freed only when none is left. `Normal` promises nothing that could expire while a
// reference is held.
unsafe impl<T: drm::Driver> AlwaysRefCounted for Device<T> {
    fn inc_ref(&self) {
        // SAFETY: The shared reference shows that the count is not zero.
        unsafe { bindings::drm_dev_get(self.as_raw()) };
    }

    unsafe fn dec_ref(obj: NonNull<Self>) {
        // SAFETY: By the requirements of this function the caller owns a reference, so the device
        // is alive and its `dev` can be projected.
        unsafe { bindings::drm_dev_put(Opaque::cast_into(&raw const (*obj.as_ptr()).dev)) };
    }
}

impl<T: drm::Driver> AsRef<T::ParentDevice<device::Normal>> for Device<T> {
    fn as_ref(&self) -> &T::ParentDevice<device::Normal> {
        // SAFETY: By the type invariant the parent is embedded in a `T::ParentDevice`.
        unsafe { device::AsBusDevice::from_device(self.parent()) }
    }
}

impl<T: drm::Driver> AsRef<T::ParentDevice<device::Bound>> for Device<T, Registered> {
    fn as_ref(&self) -> &T::ParentDevice<device::Bound> {
        self.assert_entered();

        // SAFETY: By the invariant of `Registered` the parent is bound while `self` is borrowed.
        let parent = unsafe { self.parent().as_bound() };

        // SAFETY: By the type invariant the parent is embedded in a `T::ParentDevice`.
        unsafe { device::AsBusDevice::from_device(parent) }
    }
}

// SAFETY: Every operation on `struct drm_device` that takes a shared reference is synchronised by
// the DRM core, and the last reference may be dropped on any thread. The driver's data and its
// registration data are `Send` and `Sync` by the bounds of `drm::Driver`.
unsafe impl<T: drm::Driver, C: DeviceContext> Send for Device<T, C> {}

// SAFETY: As for `Send`.
unsafe impl<T: drm::Driver, C: DeviceContext> Sync for Device<T, C> {}
