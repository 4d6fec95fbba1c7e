//! The PCI bus: the hardware behind auxiliary devices, as far as their drivers ask about it.
//!
//! C header: `include/linux/pci.h`. Drivers of PCI devices themselves are left to other code.

use crate::device::{DeviceContext, Normal};
use crate::error::code::EINVAL;
use crate::error::Result;
use crate::io::ResourceSize;
use crate::types::Opaque;
use core::marker::PhantomData;

/// A device on the PCI bus.
///
/// # Invariants
///
/// As for [`device::Device`](crate::device::Device), of the generic device in it.
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
// SAFETY: `Device` is a transparent wrapper of `bindings::pci_dev`, with the invariant that is
// asked.
crate::impl_bus_device!(unsafe { Device(bindings::pci_dev) });
// SAFETY: That is what the function tells.
crate::impl_bus_device_try_from!(unsafe { Device, bindings::dev_is_pci });
