//! Devices on the platform bus, described as a device tree would.

use std::ffi::CString;

use bindings::{platform_device, resource};

use super::Hardware;
use crate::abi::key;
use crate::arena::{self, Fill, Purpose};
use crate::base::bind::Bus;
use crate::base::{device as core_device, platform};
use crate::consumer::{self, Supply};
use crate::gpu;

/// A device on the platform bus.
pub struct PlatformDevice {
    pub(super) hardware: Hardware,
    resources: Option<usize>,
    /// What the C structure's name points to.
    _name: CString,
}

super::hardware_methods!(PlatformDevice);

impl PlatformDevice {
    /// Describes a device that is to be added.
    pub fn builder(name: &str) -> PlatformDeviceBuilder {
        PlatformDeviceBuilder {
            name: name.into(),
            compatible: Vec::new(),
            gpu: false,
            supplies: Vec::new(),
        }
    }
}

impl Drop for PlatformDevice {
    fn drop(&mut self) {
        self.hardware.remove();
        if let Some(resources) = self.resources {
            arena::free("platform_device_del", resources);
        }
    }
}

/// A description of a [`PlatformDevice`].
#[derive(Clone, Debug)]
#[must_use]
pub struct PlatformDeviceBuilder {
    name: String,
    compatible: Vec<String>,
    gpu: bool,
    supplies: Vec<(Supply, String)>,
}

impl PlatformDeviceBuilder {
    /// Adds a `compatible` string, less specific than those before.
    pub fn compatible(mut self, compatible: &str) -> Self {
        self.compatible.push(compatible.into());
        self
    }

    /// Gives the device the registers of a GPU, as its first memory resource.
    pub fn gpu(mut self) -> Self {
        self.gpu = true;
        self
    }

    /// Gives the device a clock. Registers can be accessed only while the first one is on.
    pub fn clock(mut self, id: &str) -> Self {
        self.supplies.push((Supply::Clock, id.into()));
        self
    }

    /// Gives the device a regulator. Registers can be accessed only while the first one is on.
    pub fn regulator(mut self, id: &str) -> Self {
        self.supplies.push((Supply::Regulator, id.into()));
        self
    }

    /// Adds the device; a driver that is registered already probes it before this returns.
    ///
    /// # Panics
    ///
    /// If the name contains a zero byte.
    pub fn add(self) -> PlatformDevice {
        let name = CString::new(&*self.name).expect("the name contains no zero byte");
        let size = std::mem::size_of::<platform_device>();
        let memory = arena::alloc(size, 8, Purpose::Core, &self.name, Fill::Zero);
        let pdev: *mut platform_device = memory.cast();
        // SAFETY: The memory is zeroed and as large as a platform device, which nobody else knows.
        let (dev, resources) = unsafe {
            (*pdev).name = name.as_ptr().cast();
            (*pdev).id = -1;
            let dev = &raw mut (*pdev).dev;
            (*dev).bus = &raw const bindings::platform_bus_type;
            let null = std::ptr::null_mut();
            core_device::initialize(dev, key(memory), &self.name, Bus::Platform, null);
            (dev, self.gpu.then(|| add_registers(pdev)))
        };
        platform::set_compatible(dev, self.compatible);
        for (supply, id) in &self.supplies {
            consumer::declare(dev, *supply, id);
        }
        let hardware = Hardware::add(dev, Bus::Platform);
        PlatformDevice {
            hardware,
            resources,
            _name: name,
        }
    }
}

/// The address of the device's list of resources.
///
/// # Safety
///
/// `pdev` can be written, and nobody else knows it.
unsafe fn add_registers(pdev: *mut platform_device) -> usize {
    let size = std::mem::size_of::<resource>();
    let memory = arena::alloc(size, 8, Purpose::Core, "a list of resources", Fill::Zero);
    let resource: *mut resource = memory.cast();
    // SAFETY: The memory is as large as a resource; the rest is the caller's promise.
    unsafe {
        let base = gpu::add(key(&raw const (*pdev).dev));
        (*resource).start = base;
        (*resource).end = base + gpu::SIZE - 1;
        (*resource).flags = bindings::IORESOURCE_MEM as usize;
        (*pdev).resource = resource;
        (*pdev).num_resources = 1;
    }
    key(memory)
}
