//! The auxiliary bus: parts of a device that drivers of their own serve.
//!
//! C header: `include/linux/auxiliary_bus.h`. Drivers here serve such devices; making them is left
//! to other code.

mod adapter;
mod id;

use crate::device::{self, Bound, Core, DeviceContext, Normal};
use crate::error::Error;
use crate::types::Opaque;
use core::marker::PhantomData;
use core::pin::Pin;
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
// SAFETY: `Device` is a transparent wrapper of `bindings::auxiliary_device`, with the invariant that is
// asked.
crate::impl_bus_device!(unsafe { Device(bindings::auxiliary_device) });
// SAFETY: As above, and the bus frees the device with the last reference to the generic one.
crate::impl_bus_device_refcount!(unsafe { Device(bindings::auxiliary_device) });

/// Declares a module that is a driver on the auxiliary bus.
#[macro_export]
macro_rules! module_auxiliary_driver {
    ($($f:tt)*) => {
        $crate::module_driver!(<T>, $crate::auxiliary::Adapter<T>, { $($f)* });
    };
}
