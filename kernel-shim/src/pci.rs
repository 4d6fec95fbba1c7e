//! The PCI bus: the hardware behind auxiliary devices, as far as their drivers ask about it.
//!
//! C header: `include/linux/pci.h`. Drivers of PCI devices themselves are left to other code.

use crate::device::{self, Bound, DeviceContext, Normal};
use crate::error::code::EINVAL;
use crate::error::{Error, Result};
use crate::io::ResourceSize;
use crate::types::Opaque;
use core::marker::PhantomData;
use core::mem::offset_of;

/// A device on the PCI bus.
///
/// # Invariants
///
/// As for [`device::Device`], of the generic device in it.
#[repr(transparent)]
pub struct Device<Ctx: DeviceContext = Normal>(Opaque<bindings::pci_dev>, PhantomData<Ctx>);

impl Device {
    /// The size in bytes of one of the device's windows of memory, its BARs; zero if it has no
    /// such window.
    ///
    /// # Errors
    ///
    /// `EINVAL` if no device can have a BAR of that number.
    pub fn resource_len(&self, bar: u32) -> Result<ResourceSize> {
        if bar >= bindings::PCI_STD_NUM_BARS {
            return Err(EINVAL);
        }
        // CAST: The number is small.
        // SAFETY: The device is valid by the type invariant, and the number is that of a BAR.
        Ok(unsafe { bindings::pci_resource_len(self.0.get(), bar as i32) })
    }
}

// SAFETY: `Device` is a transparent wrapper whatever its context.
crate::impl_device_context_deref!(unsafe { Device });

impl<Ctx: DeviceContext> AsRef<device::Device<Ctx>> for Device<Ctx> {
    fn as_ref(&self) -> &device::Device<Ctx> {
        // SAFETY: The generic device is a part of this one, and the type invariant is about it.
        unsafe { device::Device::from_raw(&raw mut (*self.0.get()).dev) }
    }
}

// SAFETY: `Device` is a transparent wrapper of `bindings::pci_dev`, and `AsRef` is as asked.
unsafe impl<Ctx: DeviceContext> device::AsBusDevice<Ctx> for Device<Ctx> {
    const OFFSET: usize = offset_of!(bindings::pci_dev, dev);
}

impl<'a, Ctx: DeviceContext> TryFrom<&'a device::Device<Ctx>> for &'a Device<Ctx> {
    type Error = Error;

    fn try_from(dev: &'a device::Device<Ctx>) -> Result<Self, Error> {
        // SAFETY: The device is valid by the type invariant.
        if !unsafe { bindings::dev_is_pci(dev.as_raw()) } {
            return Err(EINVAL);
        }
        // SAFETY: It is on the PCI bus, so it is contained in a PCI device.
        Ok(unsafe { <Device<Ctx> as device::AsBusDevice<Ctx>>::from_device(dev) })
    }
}

// SAFETY: As for `device::Device`.
unsafe impl Send for Device {}

// SAFETY: As for `device::Device`.
unsafe impl Sync for Device {}

// SAFETY: As for `device::Device`.
unsafe impl Sync for Device<Bound> {}
