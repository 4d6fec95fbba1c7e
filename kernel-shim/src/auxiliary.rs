//! The auxiliary bus: parts of a device that drivers of their own serve.
//!
//! C header: `include/linux/auxiliary_bus.h`. Drivers here serve such devices; making them is left
//! to other code.

mod adapter;
mod id;

use crate::device::{self, Bound, Core, DeviceContext, Normal};
use crate::error::Error;
use crate::sync::aref::AlwaysRefCounted;
use crate::types::Opaque;
use core::marker::PhantomData;
use core::mem::offset_of;
use core::pin::Pin;
use core::ptr::NonNull;
use pinned_init::PinInit;

pub use adapter::Adapter;
pub use id::{DeviceId, IdTable};

/// A driver on the auxiliary bus.
pub trait Driver {
    /// What the driver wants to know about each entry of its table.
    type IdInfo: 'static;

    /// What the driver keeps for each device.
    type Data<'bound>: Send + 'bound;

    /// The devices that the driver serves.
    const ID_TABLE: IdTable<Self::IdInfo>;

    /// Called when a device matches; binds the driver by initialising its data.
    fn probe<'bound>(
        dev: &'bound Device<Core<'_>>,
        id_info: &'bound Self::IdInfo,
    ) -> impl PinInit<Self::Data<'bound>, Error> + 'bound;

    /// Called when the device goes away, before the data is dropped.
    fn unbind<'bound>(dev: &'bound Device<Core<'_>>, this: Pin<&Self::Data<'bound>>) {
        let _ = (dev, this);
    }
}

/// A device on the auxiliary bus.
///
/// # Invariants
///
/// As for [`device::Device`], of the generic device in it.
#[repr(transparent)]
pub struct Device<Ctx: DeviceContext = Normal>(
    Opaque<bindings::auxiliary_device>,
    PhantomData<Ctx>,
);

impl<Ctx: DeviceContext> Device<Ctx> {
    /// Tells apart devices of the same name.
    pub fn id(&self) -> u32 {
        // SAFETY: The device is valid by the type invariant, and its id does not change.
        unsafe { (*self.0.get()).id }
    }
}

impl Device<Bound> {
    /// The device that this one is a part of.
    pub fn parent(&self) -> &device::Device<Bound> {
        let parent: &device::Device = (**self).parent();
        // SAFETY: The parent removes its auxiliary devices before it is unbound, and this one is
        // bound.
        unsafe { parent.as_bound() }
    }
}

impl Device {
    /// The device that this one is a part of.
    pub fn parent(&self) -> &device::Device {
        let parent = AsRef::<device::Device>::as_ref(self).parent();
        parent.expect("the auxiliary bus takes no device without a parent")
    }
}

// SAFETY: `Device` is a transparent wrapper whatever its context.
crate::impl_device_context_deref!(unsafe { Device });
crate::impl_device_context_into_aref!(Device);

impl<Ctx: DeviceContext> AsRef<device::Device<Ctx>> for Device<Ctx> {
    fn as_ref(&self) -> &device::Device<Ctx> {
        // SAFETY: The generic device is a part of this one, and the type invariant is about it.
        unsafe { device::Device::from_raw(&raw mut (*self.0.get()).dev) }
    }
}

// SAFETY: `Device` is a transparent wrapper of `bindings::auxiliary_device`, and `AsRef` is as
// asked.
unsafe impl<Ctx: DeviceContext> device::AsBusDevice<Ctx> for Device<Ctx> {
    const OFFSET: usize = offset_of!(bindings::auxiliary_device, dev);
}

// SAFETY: The generic device counts the references to what contains it.
unsafe impl AlwaysRefCounted for Device {
    fn inc_ref(&self) {
        // SAFETY: The reference counter is not zero by the type invariant.
        unsafe { bindings::get_device(&raw mut (*self.0.get()).dev) };
    }

    unsafe fn dec_ref(obj: NonNull<Self>) {
        let adev = obj.cast::<bindings::auxiliary_device>().as_ptr();
        // SAFETY: The caller owns a reference and gives it up.
        unsafe { bindings::put_device(&raw mut (*adev).dev) };
    }
}

// SAFETY: As for `device::Device`.
unsafe impl Send for Device {}

// SAFETY: As for `device::Device`.
unsafe impl Sync for Device {}

// SAFETY: As for `device::Device`.
unsafe impl Sync for Device<Bound> {}

/// Declares a module that is a driver on the auxiliary bus.
#[macro_export]
macro_rules! module_auxiliary_driver {
    ($($f:tt)*) => {
        $crate::module_driver!(<T>, $crate::auxiliary::Adapter<T>, { $($f)* });
    };
}
