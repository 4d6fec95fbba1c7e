//! Devices of the driver core, and what is known about them at compile time.
//!
//! A [`Device`] carries its context in a type parameter. A more specific context derefs to a less
//! specific one, which is sound as everything that holds there holds here too; the other way
//! needs `unsafe`.

mod bus;
mod context;
mod log;

use crate::alloc::flags::GFP_KERNEL;
use crate::alloc::KBox;
use crate::error::{Error, Result};
use crate::init::InPlaceInit;
use crate::str::{CStr, CStrExt};
use crate::sync::aref::{ARef, AlwaysRefCounted};
use crate::types::{ForeignOwnable, Opaque};
use core::marker::PhantomData;
use core::pin::Pin;
use core::ptr::NonNull;
use pinned_init::PinInit;

pub use bus::AsBusDevice;
pub use context::{Bound, Core, CoreInternal, DeviceContext, Normal};

/// A device of the driver core (`struct device`) in a context.
///
/// # Invariants
///
/// It is a valid C device whose reference counter is not zero, and what `Ctx` states about it
/// holds for as long as the reference to this is valid.
#[repr(transparent)]
pub struct Device<Ctx: DeviceContext = Normal>(Opaque<bindings::device>, PhantomData<Ctx>);

impl Device {
    /// Takes a reference to a C device.
    ///
    /// # Safety
    ///
    /// `ptr` is a valid device whose reference counter is not zero during the call.
    pub unsafe fn get_device(ptr: *mut bindings::device) -> ARef<Self> {
        // SAFETY: The caller guarantees that the device is valid during the call.
        unsafe { Self::from_raw(ptr) }.into()
    }

    /// States that the device is bound.
    ///
    /// # Safety
    ///
    /// It is, for as long as the returned reference is in use.
    pub unsafe fn as_bound(&self) -> &Device<Bound> {
        // CAST: Contexts have no influence on the representation.
        // SAFETY: `self` is valid, and the caller guarantees what the context states.
        unsafe { &*core::ptr::from_ref(self).cast() }
    }
}

impl Device<CoreInternal<'_>> {
    /// Initialises the driver's data and stores it in the device.
    pub(crate) fn set_drvdata<T>(&self, data: impl PinInit<T, Error>) -> Result {
        let data = KBox::pin_init(data, GFP_KERNEL)?;
        // SAFETY: The device is valid by the type invariant.
        unsafe { bindings::dev_set_drvdata(self.as_raw(), data.into_foreign()) };
        Ok(())
    }

    /// Takes the driver's data back.
    ///
    /// # Safety
    ///
    /// If there is data, [`Device::set_drvdata`] stored it with the same `T`, up to lifetimes, and
    /// nobody uses it any more.
    pub(crate) unsafe fn drvdata_obtain<T>(&self) -> Option<Pin<KBox<T>>> {
        // SAFETY: The device is valid by the type invariant.
        let ptr = unsafe { bindings::dev_get_drvdata(self.as_raw()) };
        // SAFETY: As above.
        unsafe { bindings::dev_set_drvdata(self.as_raw(), core::ptr::null_mut()) };
        // SAFETY: The pointer is null or came from `into_foreign` in `set_drvdata`; it was
        // replaced, so it is taken back once.
        unsafe { Pin::<KBox<T>>::try_from_foreign(ptr) }
    }

    /// Borrows the driver's data.
    ///
    /// # Safety
    ///
    /// [`Device::set_drvdata`] stored it with the same `T`, up to lifetimes, and it is not taken
    /// back while the reference is in use.
    pub(crate) unsafe fn drvdata_borrow<T>(&self) -> Pin<&T> {
        // SAFETY: The device is valid by the type invariant.
        let ptr = unsafe { bindings::dev_get_drvdata(self.as_raw()) };
        // SAFETY: The caller guarantees that the pointer came from `into_foreign`.
        unsafe { Pin::<KBox<T>>::borrow(ptr) }
    }
}

impl<Ctx: DeviceContext> Device<Ctx> {
    /// Wraps a C device.
    ///
    /// # Safety
    ///
    /// `ptr` is a valid device with a reference counter above zero, and what `Ctx` states about it
    /// holds, both for `'a`.
    pub unsafe fn from_raw<'a>(ptr: *mut bindings::device) -> &'a Self {
        // CAST: `Device` is a transparent wrapper of `bindings::device`.
        // SAFETY: The caller guarantees the type invariants.
        unsafe { &*ptr.cast() }
    }

    /// The name of the device.
    pub fn name(&self) -> &CStr {
        // SAFETY: The device is valid by the type invariant, and its name lives as long.
        unsafe { CStr::from_char_ptr(bindings::dev_name(self.as_raw())) }
    }

    /// The C device.
    pub(crate) fn as_raw(&self) -> *mut bindings::device {
        self.0.get()
    }

    /// The device that this one is a child of.
    pub(crate) fn parent(&self) -> Option<&Device> {
        // SAFETY: The device is valid by the type invariant, and its parent is set before it is
        // published, once.
        let parent = unsafe { (*self.as_raw()).parent };
        if parent.is_null() {
            return None;
        }
        // SAFETY: A device holds a reference to its parent.
        Some(unsafe { Device::from_raw(parent) })
    }
}

// SAFETY: `Device` is a transparent wrapper whatever its context.
crate::impl_device_context_deref!(unsafe { Device });
crate::impl_device_context_into_aref!(Device);

// SAFETY: A C device lives until its last reference is dropped.
unsafe impl AlwaysRefCounted for Device {
    fn inc_ref(&self) {
        // SAFETY: The reference counter is not zero by the type invariant.
        unsafe { bindings::get_device(self.as_raw()) };
    }

    unsafe fn dec_ref(obj: NonNull<Self>) {
        // SAFETY: The caller owns a reference and gives it up.
        unsafe { bindings::put_device(obj.cast().as_ptr()) };
    }
}

// SAFETY: A reference to a device may be dropped on any thread.
unsafe impl Send for Device {}

// SAFETY: What is safe to call on a device is synchronised by the driver core.
unsafe impl Sync for Device {}

// SAFETY: As for `Normal`; that the device is bound is true on every thread that a reference of
// limited lifetime can get to.
unsafe impl Sync for Device<Bound> {}

impl<Ctx: DeviceContext> AsRef<Device<Ctx>> for Device<Ctx> {
    fn as_ref(&self) -> &Device<Ctx> {
        self
    }
}
