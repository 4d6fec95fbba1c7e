//! The platform bus: devices that are part of the chip, known from the device tree.
//!
//! C header: `include/linux/platform_device.h`. Memory regions are asked for here, and mapped in
//! [`crate::io::mem`].

mod adapter;

use crate::device::{self, Bound, Core, DeviceContext, Normal};
use crate::error::code::EINVAL;
use crate::error::Error;
use crate::io::mem::IoRequest;
use crate::io::resource::Resource;
use crate::of;
use crate::sync::aref::AlwaysRefCounted;
use crate::types::Opaque;
use core::marker::PhantomData;
use core::mem::offset_of;
use core::pin::Pin;
use core::ptr::NonNull;
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
/// As for [`device::Device`], of the generic device in it.
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
crate::impl_device_context_into_aref!(Device);

impl<Ctx: DeviceContext> AsRef<device::Device<Ctx>> for Device<Ctx> {
    fn as_ref(&self) -> &device::Device<Ctx> {
        // SAFETY: The generic device is a part of this one, and the type invariant is about it.
        unsafe { device::Device::from_raw(&raw mut (*self.0.get()).dev) }
    }
}

// SAFETY: `Device` is a transparent wrapper of `bindings::platform_device`, and `AsRef` is as
// asked.
unsafe impl<Ctx: DeviceContext> device::AsBusDevice<Ctx> for Device<Ctx> {
    const OFFSET: usize = offset_of!(bindings::platform_device, dev);
}

impl<'a, Ctx: DeviceContext> TryFrom<&'a device::Device<Ctx>> for &'a Device<Ctx> {
    type Error = Error;

    fn try_from(dev: &'a device::Device<Ctx>) -> Result<Self, Error> {
        // SAFETY: The device is valid by the type invariant.
        if !unsafe { bindings::dev_is_platform(dev.as_raw()) } {
            return Err(EINVAL);
        }
        // SAFETY: It is on the platform bus, so it is contained in a platform device.
        Ok(unsafe { <Device<Ctx> as device::AsBusDevice<Ctx>>::from_device(dev) })
    }
}

// SAFETY: The generic device counts the references to what contains it.
unsafe impl AlwaysRefCounted for Device {
    fn inc_ref(&self) {
        // SAFETY: The reference counter is not zero by the type invariant.
        unsafe { bindings::get_device(&raw mut (*self.0.get()).dev) };
    }

    unsafe fn dec_ref(obj: NonNull<Self>) {
        let pdev = obj.cast::<bindings::platform_device>().as_ptr();
        // SAFETY: The caller owns a reference and gives it up.
        unsafe { bindings::put_device(&raw mut (*pdev).dev) };
    }
}

// SAFETY: As for `device::Device`.
unsafe impl Send for Device {}

// SAFETY: As for `device::Device`.
unsafe impl Sync for Device {}

// SAFETY: As for `device::Device`.
unsafe impl Sync for Device<Bound> {}

/// Declares a module that is a driver on the platform bus.
#[macro_export]
macro_rules! module_platform_driver {
    ($($f:tt)*) => {
        $crate::module_driver!(<T>, $crate::platform::Adapter<T>, { $($f)* });
    };
}
