//! The platform bus: devices that are part of the chip, known from the device tree.
//!
//! C header: `include/linux/platform_device.h`. Memory regions are asked for here, and mapped in
//! [`crate::io::mem`].

mod adapter;

use crate::device::{Bound, Core, DeviceContext, Normal};
use crate::error::Error;
use crate::io::mem::IoRequest;
use crate::io::resource::Resource;
use crate::of;
use crate::types::Opaque;
use core::marker::PhantomData;
use core::pin::Pin;
use pinned_init::PinInit;

pub use adapter::Adapter;

/// A driver on the platform bus.
pub trait Driver {
    /// What the driver wants to know about each entry of its table.
    type IdInfo: 'static;

    /// What the driver keeps for each device.
    type Data<'bound>: Send + 'bound;

    /// The device-tree nodes that the driver serves.
    const OF_ID_TABLE: Option<of::IdTable<Self::IdInfo>> = None;

    /// Called when a device matches; binds the driver by initialising its data.
    fn probe<'bound>(
        dev: &'bound Device<Core<'_>>,
        id_info: Option<&'bound Self::IdInfo>,
    ) -> impl PinInit<Self::Data<'bound>, Error> + 'bound;

    /// Called when the device goes away, before the data is dropped.
    fn unbind<'bound>(dev: &'bound Device<Core<'_>>, this: Pin<&Self::Data<'bound>>) {
        let _ = (dev, this);
    }
}

/// A device on the platform bus.
///
/// # Invariants
///
/// As for [`device::Device`](crate::device::Device), of the generic device in it.
#[repr(transparent)]
pub struct Device<Ctx: DeviceContext = Normal>(Opaque<bindings::platform_device>, PhantomData<Ctx>);

impl Device<Bound> {
    /// A memory region of the device.
    pub fn resource_by_index(&self, index: u32) -> Option<&Resource> {
        // SAFETY: The device is valid by the type invariant.
        let resource = unsafe {
            bindings::platform_get_resource(self.0.get(), bindings::IORESOURCE_MEM, index)
        };
        // SAFETY: A resource that is not null belongs to the device, and does not change.
        (!resource.is_null()).then(|| unsafe { Resource::from_raw(resource) })
    }

    /// The right to map a memory region of the device.
    pub fn io_request_by_index(&self, index: u32) -> Option<IoRequest<'_>> {
        let resource = self.resource_by_index(index)?;
        // SAFETY: The resource belongs to the device.
        Some(unsafe { IoRequest::new(self.as_ref(), resource) })
    }
}

// SAFETY: `Device` is a transparent wrapper whatever its context.
crate::impl_device_context_deref!(unsafe { Device });
// SAFETY: `Device` is a transparent wrapper of `bindings::platform_device`, with the invariant that is
// asked.
crate::impl_bus_device!(unsafe { Device(bindings::platform_device) });
// SAFETY: As above, and the bus frees the device with the last reference to the generic one.
crate::impl_bus_device_refcount!(unsafe { Device(bindings::platform_device) });
// SAFETY: That is what the function tells.
crate::impl_bus_device_try_from!(unsafe { Device, bindings::dev_is_platform });

/// Declares a module that is a driver on the platform bus.
#[macro_export]
macro_rules! module_platform_driver {
    ($($f:tt)*) => {
        $crate::module_driver!(<T>, $crate::platform::Adapter<T>, { $($f)* });
    };
}
