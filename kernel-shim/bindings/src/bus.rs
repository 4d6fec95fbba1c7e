//! The three buses a DRM device hangs on, faux, auxiliary and platform; and PCI, which is behind
//! auxiliary devices.

use crate::{
    bus_type, c_char, c_int, c_void, device, device_driver, module, resource, resource_size_t,
};

/// A device on the faux bus (`include/linux/device/faux.h`).
#[repr(C)]
pub struct faux_device {
    /// The generic device.
    pub dev: device,
}

/// Driver callbacks of a faux device.
#[repr(C)]
pub struct faux_device_ops {
    /// Called when the device is created; a negative error code unbinds it.
    pub probe: Option<unsafe extern "C" fn(faux_dev: *mut faux_device) -> c_int>,
    /// Called when the device is destroyed.
    pub remove: Option<unsafe extern "C" fn(faux_dev: *mut faux_device)>,
}

/// Longest name of an auxiliary device id, with its terminator.
pub const AUXILIARY_NAME_SIZE: usize = 40;

/// Names the auxiliary devices that a driver serves, as `module.name`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct auxiliary_device_id {
    /// The name, null-terminated.
    pub name: [c_char; AUXILIARY_NAME_SIZE],
    /// Free for the driver; Rust stores an index into its table of id information.
    pub driver_data: usize,
}

/// A device on the auxiliary bus (`include/linux/auxiliary_bus.h`).
#[repr(C)]
pub struct auxiliary_device {
    /// The generic device.
    pub dev: device,
    /// The name after the dot of the match name, null-terminated.
    pub name: *const c_char,
    /// Tells apart devices of the same name.
    pub id: u32,
    /// Data that a registering Rust driver leaves for the driver of the device.
    pub registration_data_rust: *mut c_void,
}

/// A driver on the auxiliary bus.
#[repr(C)]
pub struct auxiliary_driver {
    /// Called when a device matches.
    pub probe: Option<
        unsafe extern "C" fn(
            auxdev: *mut auxiliary_device,
            id: *const auxiliary_device_id,
        ) -> c_int,
    >,
    /// Called when the device goes away.
    pub remove: Option<unsafe extern "C" fn(auxdev: *mut auxiliary_device)>,
    /// Name of the driver, null-terminated.
    pub name: *const c_char,
    /// The generic driver.
    pub driver: device_driver,
    /// The devices that the driver serves, ended by an empty entry.
    pub id_table: *const auxiliary_device_id,
}

/// Names a device-tree node that a driver serves.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct of_device_id {
    /// Node name, null-terminated, or empty.
    pub name: [c_char; 32],
    /// Node type, null-terminated, or empty.
    pub type_: [c_char; 32],
    /// The `compatible` string, null-terminated.
    pub compatible: [c_char; 128],
    /// Free for the driver; Rust stores an index into its table of id information.
    pub data: *const c_void,
}

/// A device on the platform bus (`include/linux/platform_device.h`).
#[repr(C)]
pub struct platform_device {
    /// Name of the device, null-terminated.
    pub name: *const c_char,
    /// Tells apart devices of the same name.
    pub id: c_int,
    /// The generic device.
    pub dev: device,
    /// Number of entries in `resource`.
    pub num_resources: u32,
    /// Memory regions and interrupts.
    pub resource: *mut resource,
}

/// A driver on the platform bus.
#[repr(C)]
pub struct platform_driver {
    /// Called when a device matches.
    pub probe: Option<unsafe extern "C" fn(pdev: *mut platform_device) -> c_int>,
    /// Called when the device goes away.
    pub remove: Option<unsafe extern "C" fn(pdev: *mut platform_device)>,
    /// The generic driver.
    pub driver: device_driver,
}

/// Number of windows of memory, or of ports, that a PCI device can have.
pub const PCI_STD_NUM_BARS: u32 = 6;

/// A device on the PCI bus (`include/linux/pci.h`).
#[repr(C)]
pub struct pci_dev {
    /// The generic device.
    pub dev: device,
    /// The windows, then the expansion ROM; zeroes where there is none.
    pub resource: [resource; 7],
}

extern "C" {
    /// Whether `dev` is on the PCI bus.
    #[link_name = "rust_helper_dev_is_pci"]
    pub fn dev_is_pci(dev: *const device) -> bool;
    /// Size of a window of `pdev`, in bytes; zero if it has none of that number.
    #[link_name = "rust_helper_pci_resource_len"]
    pub fn pci_resource_len(pdev: *mut pci_dev, bar: c_int) -> resource_size_t;

    /// The platform bus.
    pub static platform_bus_type: bus_type;

    /// Creates a faux device and binds it at once; null on failure. `name` is copied.
    pub fn faux_device_create(
        name: *const c_char,
        parent: *mut device,
        faux_ops: *const faux_device_ops,
    ) -> *mut faux_device;
    /// Unbinds and frees a faux device.
    pub fn faux_device_destroy(faux_dev: *mut faux_device);

    /// Registers a driver on the auxiliary bus; matching devices are probed before it returns.
    pub fn __auxiliary_driver_register(
        auxdrv: *mut auxiliary_driver,
        owner: *mut module,
        modname: *const c_char,
    ) -> c_int;
    /// Unregisters a driver; its devices are unbound before it returns.
    pub fn auxiliary_driver_unregister(auxdrv: *mut auxiliary_driver);

    /// Registers a driver on the platform bus; matching devices are probed before it returns.
    pub fn __platform_driver_register(
        drv: *mut platform_driver,
        owner: *mut module,
        mod_name: *const c_char,
    ) -> c_int;
    /// Unregisters a driver; its devices are unbound before it returns.
    pub fn platform_driver_unregister(drv: *mut platform_driver);
    /// The `num`-th resource of a kind (`IORESOURCE_MEM`), or null.
    pub fn platform_get_resource(dev: *mut platform_device, type_: u32, num: u32) -> *mut resource;
}
