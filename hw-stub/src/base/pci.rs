//! The PCI bus (`drivers/pci`): the devices that auxiliary devices are parts of. None of them has a
//! driver that we see; they are bound for as long as they exist.

use bindings::{device, pci_dev};

use super::bind::Bus;
use super::device::{silently, with};
use crate::abi::same_abi;

same_abi!(dev_is_pci: fn(*const device) -> bool);
same_abi!(pci_resource_len: fn(*mut pci_dev, i32) -> u64);

/// `include/linux/pci.h: dev_is_pci`.
///
/// # Safety
///
/// None: the device is looked up in a table.
#[export_name = "rust_helper_dev_is_pci"]
pub(crate) unsafe extern "C" fn dev_is_pci(dev: *const device) -> bool {
    silently(dev, |state| state.bus == Bus::Pci).unwrap_or(false)
}

/// `include/linux/pci.h: pci_resource_len`; zero for a BAR that the device does not have.
///
/// # Safety
///
/// `pdev` is a PCI device; one that is gone is reported. `bar` is the number of a resource.
#[export_name = "rust_helper_pci_resource_len"]
pub(crate) unsafe extern "C" fn pci_resource_len(pdev: *mut pci_dev, bar: i32) -> u64 {
    // SAFETY: Only the address is computed; nothing is read.
    let generic = unsafe { &raw const (*pdev).dev };
    if with("pci_resource_len", generic, |_| ()).is_none() {
        return 0;
    }
    // SAFETY: The device is in the table, so its memory was not freed; the rest is the caller's
    // promise.
    let (start, end) = unsafe {
        let resource = &raw const (*pdev).resource[bar as usize];
        ((*resource).start, (*resource).end)
    };
    if end == 0 {
        0
    } else {
        end - start + 1
    }
}
