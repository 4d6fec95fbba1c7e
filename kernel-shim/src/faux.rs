//! The faux bus: devices without hardware, bound from the moment they exist.
//!
//! C header: `include/linux/device/faux.h`. There is no driver: whoever has the [`Registration`]
//! owns the device and all that hangs on it.

use crate::device::{self, Bound, DeviceContext, Normal};
use crate::error::code::ENODEV;
use crate::error::Result;
use crate::registrations;
use crate::str::{CStr, CStrExt};
use crate::types::Opaque;
use core::marker::PhantomData;
use core::ptr::{null, null_mut, NonNull};

/// A device on the faux bus.
///
/// # Invariants
///
/// As for [`device::Device`], of the generic device in it.
#[repr(transparent)]
pub struct Device<Ctx: DeviceContext = Normal>(Opaque<bindings::faux_device>, PhantomData<Ctx>);

// SAFETY: `Device` is a transparent wrapper of `bindings::faux_device`, with the invariant that is
// asked.
crate::impl_bus_device!(unsafe { Device(bindings::faux_device) });

/// Owns a device on the faux bus; it is unbound and removed when this is dropped.
///
/// # Invariants
///
/// The pointer came from `faux_device_create` and was not destroyed since.
pub struct Registration(NonNull<bindings::faux_device>);

impl Registration {
    /// Creates a device.
    pub fn new(name: &CStr, parent: Option<&device::Device>) -> Result<Self> {
        let parent = parent.map_or(null_mut(), |parent| parent.as_raw());
        // SAFETY: The name is null-terminated, the parent is a valid device or null, and there are
        // no callbacks.
        let dev = unsafe { bindings::faux_device_create(name.as_char_ptr(), parent, null()) };
        // INVARIANT: It was created just now.
        let this = Self(NonNull::new(dev).ok_or(ENODEV)?);
        registrations::open(this.as_device())?;
        Ok(this)
    }

    fn as_device(&self) -> &device::Device<Bound> {
        AsRef::<Device<Bound>>::as_ref(self).as_ref()
    }
}

impl AsRef<Device<Bound>> for Registration {
    fn as_ref(&self) -> &Device<Bound> {
        // CAST: `Device` is a transparent wrapper of `bindings::faux_device`.
        // SAFETY: The device exists by the type invariant, and a faux device is bound from its
        // creation until `drop` destroys it, which needs the end of this borrow. Nothing else can
        // unbind it (`drivers/base/faux.c`: `suppress_bind_attrs`).
        unsafe { self.0.cast().as_ref() }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        registrations::close(self.as_device());
        // SAFETY: The device exists by the type invariant, and is never used again.
        unsafe { bindings::faux_device_destroy(self.0.as_ptr()) };
    }
}

// SAFETY: A faux device may be destroyed on any thread.
unsafe impl Send for Registration {}

// SAFETY: A shared registration gives a shared `Device<Bound>`, which is `Sync`.
unsafe impl Sync for Registration {}
