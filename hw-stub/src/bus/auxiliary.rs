//! Devices on the auxiliary bus, each a part of a PCI device of its own.

use std::ffi::CString;
use std::sync::atomic::{AtomicU32, Ordering};

use bindings::{auxiliary_device, device, pci_dev};

use super::Hardware;
use crate::abi::key;
use crate::arena::{self, Fill, Purpose};
use crate::base::bind::{self, Bus};
use crate::base::device as core_device;
use crate::base::driver;

/// A device on the auxiliary bus.
pub struct AuxiliaryDevice {
    pub(super) hardware: Hardware,
    parent: Hardware,
    /// What the C structure's name points to.
    _name: CString,
}

super::hardware_methods!(AuxiliaryDevice);

impl AuxiliaryDevice {
    /// The size in bytes of the parent's only BAR, number 1: the window of a graphics card's memory.
    pub const WINDOW: u64 = 256 << 20;

    /// Adds the device `modname.name.id`, and a parent on the PCI bus that is bound.
    ///
    /// # Panics
    ///
    /// If a name contains a zero byte.
    pub fn add(modname: &str, name: &str, id: u32) -> Self {
        let parent = add_parent();
        let full_name = format!("{modname}.{name}.{id}");
        let name = CString::new(name).expect("the name contains no zero byte");
        let size = std::mem::size_of::<auxiliary_device>();
        let memory = arena::alloc(size, 8, Purpose::Core, &full_name, Fill::Zero);
        let auxdev: *mut auxiliary_device = memory.cast();
        // SAFETY: The memory is zeroed and as large as an auxiliary device.
        let dev = unsafe {
            (*auxdev).name = name.as_ptr().cast();
            (*auxdev).id = id;
            &raw mut (*auxdev).dev
        };
        // SAFETY: As above; the device lies in that memory.
        unsafe {
            let bus = Bus::Auxiliary;
            core_device::initialize(dev, key(memory), &full_name, bus, parent.device());
        }
        Self {
            hardware: Hardware::add(dev, Bus::Auxiliary),
            parent,
            _name: name,
        }
    }

    /// The parent, for programs that call C functions themselves.
    pub fn parent(&self) -> *mut device {
        self.parent.device()
    }
}

impl Drop for AuxiliaryDevice {
    fn drop(&mut self) {
        self.hardware.remove();
        let parent = self.parent.device();
        bind::unbind(parent);
        driver::remove_device(parent);
        core_device::put("device_unregister", parent);
    }
}

fn add_parent() -> Hardware {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let slot = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("0000:{slot:02x}:00.0");
    let size = std::mem::size_of::<pci_dev>();
    let memory = arena::alloc(size, 8, Purpose::Core, &name, Fill::Zero);
    let pdev: *mut pci_dev = memory.cast();
    // SAFETY: The memory is zeroed and as large as a PCI device.
    let dev = unsafe {
        (*pdev).resource[1].start = u64::from(slot) << 32;
        (*pdev).resource[1].end = (u64::from(slot) << 32) + AuxiliaryDevice::WINDOW - 1;
        (*pdev).resource[1].flags = bindings::IORESOURCE_MEM as usize;
        &raw mut (*pdev).dev
    };
    // SAFETY: As above; the device lies in that memory.
    unsafe {
        core_device::initialize(dev, key(memory), &name, Bus::Pci, std::ptr::null_mut());
    }
    bind::bind_silently(dev);
    Hardware {
        dev: key(dev),
        bus: Bus::Pci,
    }
}
