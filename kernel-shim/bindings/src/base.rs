//! The driver core: `struct device`, drivers, and device-managed resources (`drivers/base`).

use crate::{c_char, c_int, c_void, of_device_id};

/// A reference counter embedded in a C object.
#[repr(C)]
pub struct kref {
    /// The counter's value.
    pub refcount: refcount_t,
}

/// A saturating reference counter.
#[repr(C)]
pub struct refcount_t {
    /// The counter's value.
    pub refs: atomic_t,
}

/// An `int` that is read and changed atomically.
#[repr(C)]
pub struct atomic_t {
    /// The value; access it through `core::sync::atomic::AtomicI32::from_ptr`.
    pub counter: c_int,
}

/// A kernel module.
#[repr(C)]
pub struct module {
    /// Name of the module, null-terminated.
    pub name: [c_char; 56],
}

/// A bus: which kind of device and driver meet on it.
#[repr(C)]
pub struct bus_type {
    /// Name of the bus, null-terminated.
    pub name: *const c_char,
}

/// A device in the driver core's tree (`include/linux/device.h`).
#[repr(C)]
pub struct device {
    /// The device that this one is a child of, or null.
    pub parent: *mut device,
    /// The name that `dev_set_name` gave, null-terminated.
    pub init_name: *const c_char,
    /// The bus that the device is on.
    pub bus: *const bus_type,
    /// The driver that is bound to the device, or null.
    pub driver: *mut device_driver,
    /// Data that belongs to the bound driver; see `dev_set_drvdata`.
    pub driver_data: *mut c_void,
    /// Called when the last reference is dropped.
    pub release: Option<unsafe extern "C" fn(dev: *mut device)>,
}

/// The generic part of every driver.
#[repr(C)]
pub struct device_driver {
    /// Name of the driver, null-terminated.
    pub name: *const c_char,
    /// The bus that the driver serves.
    pub bus: *const bus_type,
    /// The module that owns the driver.
    pub owner: *mut module,
    /// Device-tree matches, ended by an empty entry, or null.
    pub of_match_table: *const of_device_id,
    /// Callbacks of the driver core's private part.
    pub p_cb: device_driver_p_cb,
}

/// Callbacks that only the Rust abstractions set.
#[repr(C)]
pub struct device_driver_p_cb {
    /// Called after `remove`, before the device's managed resources are released.
    pub post_unbind_rust: Option<unsafe extern "C" fn(dev: *mut device)>,
}

/// Release function of a device-managed resource.
pub type dr_release_t = Option<unsafe extern "C" fn(dev: *mut device, res: *mut c_void)>;
/// Match function of a device-managed resource: non-zero when `res` is the wanted one.
pub type dr_match_t = Option<
    unsafe extern "C" fn(dev: *mut device, res: *mut c_void, match_data: *mut c_void) -> c_int,
>;
/// Release function of an embedded resource node.
pub type dr_node_release_t = Option<unsafe extern "C" fn(dev: *mut device, node: *mut devres_node)>;
/// Frees the object that an embedded resource node lies in.
pub type dr_node_free_t = Option<unsafe extern "C" fn(node: *mut devres_node)>;

/// A node of a device's list of managed resources, embedded in the resource.
#[repr(C)]
pub struct devres_node {
    /// Links the node into its device's list.
    pub entry: list_head,
    /// Called when the device is unbound.
    pub release: dr_node_release_t,
    /// Called after `release`, to free the resource.
    pub free_node: dr_node_free_t,
    /// Name for debugging, null-terminated.
    pub name: *const c_char,
    /// Size for debugging, in bytes.
    pub size: usize,
}

/// A doubly linked list of C structures.
#[repr(C)]
pub struct list_head {
    /// The next element.
    pub next: *mut list_head,
    /// The previous element.
    pub prev: *mut list_head,
}

/// Log prefix of level 0, system is unusable.
pub const KERN_EMERG: &[u8; 3] = b"\x010\0";
/// Log prefix of level 1, action must be taken immediately.
pub const KERN_ALERT: &[u8; 3] = b"\x011\0";
/// Log prefix of level 2, critical conditions.
pub const KERN_CRIT: &[u8; 3] = b"\x012\0";
/// Log prefix of level 3, error conditions.
pub const KERN_ERR: &[u8; 3] = b"\x013\0";
/// Log prefix of level 4, warning conditions.
pub const KERN_WARNING: &[u8; 3] = b"\x014\0";
/// Log prefix of level 5, normal but significant.
pub const KERN_NOTICE: &[u8; 3] = b"\x015\0";
/// Log prefix of level 6, informational.
pub const KERN_INFO: &[u8; 3] = b"\x016\0";
/// Log prefix of level 7, debug messages.
pub const KERN_DEBUG: &[u8; 3] = b"\x017\0";

extern "C" {
    /// Takes a reference to `dev`; null is passed through.
    pub fn get_device(dev: *mut device) -> *mut device;
    /// Drops a reference to `dev`; null is ignored.
    pub fn put_device(dev: *mut device);
    /// The driver's private data of `dev`.
    #[link_name = "rust_helper_dev_get_drvdata"]
    pub fn dev_get_drvdata(dev: *const device) -> *mut c_void;
    /// Sets the driver's private data of `dev`.
    #[link_name = "rust_helper_dev_set_drvdata"]
    pub fn dev_set_drvdata(dev: *mut device, data: *mut c_void);
    /// The name of `dev`, null-terminated, valid while `dev` is.
    #[link_name = "rust_helper_dev_name"]
    pub fn dev_name(dev: *const device) -> *const c_char;
    /// Whether `dev` is on the platform bus.
    #[link_name = "rust_helper_dev_is_platform"]
    pub fn dev_is_platform(dev: *const device) -> bool;
    /// The match data of the device-tree entry that `dev` was bound by, or null.
    pub fn device_get_match_data(dev: *const device) -> *const c_void;
    /// Logs a message; the only format in use is `%pA` with a `core::fmt::Arguments`.
    pub fn _dev_printk(level: *const c_char, dev: *const device, fmt: *const c_char, ...);
    /// Logs a message without a device; the only format in use is `%pA`.
    pub fn _printk(fmt: *const c_char, ...) -> c_int;

    /// Allocates a managed resource of `size` bytes; null when out of memory. `nid` is ignored.
    pub fn __devres_alloc_node(
        release: dr_release_t,
        size: usize,
        gfp: crate::gfp_t,
        nid: c_int,
        name: *const c_char,
    ) -> *mut c_void;
    /// Frees a resource that is on no device's list.
    pub fn devres_free(res: *mut c_void);
    /// Appends `res` to the resources of `dev`.
    pub fn devres_add(dev: *mut device, res: *mut c_void);
    /// The newest resource of `dev` with this `release` that `match_` accepts, or null.
    pub fn devres_find(
        dev: *mut device,
        release: dr_release_t,
        match_: dr_match_t,
        match_data: *mut c_void,
    ) -> *mut c_void;
    /// Prepares an embedded node; it is on no list yet.
    pub fn devres_node_init(
        node: *mut devres_node,
        release: dr_node_release_t,
        free_node: dr_node_free_t,
    );
    /// Names an embedded node for debugging.
    pub fn devres_set_node_dbginfo(node: *mut devres_node, name: *const c_char, size: usize);
    /// Appends an embedded node to the resources of `dev`.
    pub fn devres_node_add(dev: *mut device, node: *mut devres_node);
    /// Takes a node from the list of `dev`; false when release has already begun for it.
    pub fn devres_node_remove(dev: *mut device, node: *mut devres_node) -> bool;
    /// Calls `action(data)` when `dev` is unbound, or at once when this call fails.
    #[link_name = "rust_helper_devm_add_action_or_reset"]
    pub fn devm_add_action_or_reset(
        dev: *mut device,
        action: Option<unsafe extern "C" fn(data: *mut c_void)>,
        data: *mut c_void,
    ) -> c_int;
}
