//! The DRM core: devices, drivers, open files, ioctls and GEM objects (`include/drm`).

use crate::{
    c_char, c_int, c_uint, c_ulong, c_void, device, file, file_operations, inode, kref, loff_t,
    poll_table_struct, vm_area_struct,
};

/// `DRIVER_GEM`: the driver manages memory with GEM.
pub const drm_driver_feature_DRIVER_GEM: u32 = 1 << 0;
/// `DRIVER_MODESET`: the driver sets display modes.
pub const drm_driver_feature_DRIVER_MODESET: u32 = 1 << 1;
/// `DRIVER_RENDER`: the driver has a render node.
pub const drm_driver_feature_DRIVER_RENDER: u32 = 1 << 3;

/// The type of `DRM_*` ioctl flags.
pub type drm_ioctl_flags = c_uint;
/// `DRM_AUTH`: the caller must be authenticated on the primary node.
pub const drm_ioctl_flags_DRM_AUTH: drm_ioctl_flags = 1 << 0;
/// `DRM_MASTER`: the caller must be the current master.
pub const drm_ioctl_flags_DRM_MASTER: drm_ioctl_flags = 1 << 1;
/// `DRM_ROOT_ONLY`: the caller must have `CAP_SYS_ADMIN`.
pub const drm_ioctl_flags_DRM_ROOT_ONLY: drm_ioctl_flags = 1 << 2;
/// `DRM_RENDER_ALLOW`: allowed on render nodes.
pub const drm_ioctl_flags_DRM_RENDER_ALLOW: drm_ioctl_flags = 1 << 5;

/// The type of a DRM minor's number space.
pub type drm_minor_type = c_uint;
/// `DRM_MINOR_PRIMARY`: `/dev/dri/cardN`, minors from 0.
pub const drm_minor_type_DRM_MINOR_PRIMARY: drm_minor_type = 0;
/// `DRM_MINOR_RENDER`: `/dev/dri/renderDN`, minors from 128.
pub const drm_minor_type_DRM_MINOR_RENDER: drm_minor_type = 2;
/// The major number of all DRM nodes.
pub const DRM_MAJOR: u32 = 226;

/// `DRM_WEDGE_RECOVERY_NONE`: no recovery is needed.
pub const DRM_WEDGE_RECOVERY_NONE: u32 = 1 << 0;
/// `DRM_WEDGE_RECOVERY_REBIND`: unbind and bind the driver.
pub const DRM_WEDGE_RECOVERY_REBIND: u32 = 1 << 1;
/// `DRM_WEDGE_RECOVERY_BUS_RESET`: unbind, reset the bus device, bind.
pub const DRM_WEDGE_RECOVERY_BUS_RESET: u32 = 1 << 2;
/// `DRM_WEDGE_RECOVERY_VENDOR`: a method of the vendor's own.
pub const DRM_WEDGE_RECOVERY_VENDOR: u32 = 1 << 3;

/// A device node of a DRM device (`include/drm/drm_file.h`).
#[repr(C)]
pub struct drm_minor {
    /// The minor number.
    pub index: c_int,
    /// `DRM_MINOR_*`.
    pub type_: c_int,
    /// The device that the node belongs to.
    pub dev: *mut drm_device,
}

/// A DRM device (`include/drm/drm_device.h`).
#[repr(C)]
pub struct drm_device {
    /// The reference counter.
    pub ref_: kref,
    /// The parent in the driver core's tree; the DRM device holds a reference to it.
    pub dev: *mut device,
    /// What is freed with the device.
    pub managed: drm_device_managed,
    /// The driver that made the device.
    pub driver: *const drm_driver,
    /// The primary node.
    pub primary: *mut drm_minor,
    /// The render node, or null.
    pub render: *mut drm_minor,
    /// Whether `drm_dev_register` has succeeded and `drm_dev_unregister` has not begun.
    pub registered: bool,
    /// Features that this device has of its driver's.
    pub driver_features: u32,
    /// Whether the device has been unplugged; read inside SRCU sections.
    pub unplugged: bool,
    /// Number of open files.
    pub open_count: crate::atomic_t,
}

/// What is freed with a DRM device.
#[repr(C)]
pub struct drm_device_managed {
    /// The allocation that contains the `drm_device`.
    pub final_kfree: *mut c_void,
}

/// An open DRM file (`include/drm/drm_file.h`).
#[repr(C)]
pub struct drm_file {
    /// Whether the client may use `DRM_AUTH` ioctls.
    pub authenticated: bool,
    /// Whether the client is the master.
    pub is_master: bool,
    /// The node that was opened.
    pub minor: *mut drm_minor,
    /// The open file.
    pub filp: *mut file,
    /// Belongs to the driver.
    pub driver_priv: *mut c_void,
}

/// An ioctl handler of a driver.
pub type drm_ioctl_t = Option<
    unsafe extern "C" fn(
        dev: *mut drm_device,
        data: *mut c_void,
        file_priv: *mut drm_file,
    ) -> c_int,
>;

/// An entry of a driver's ioctl table (`include/drm/drm_ioctl.h`).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct drm_ioctl_desc {
    /// The full ioctl number, with direction and size.
    pub cmd: c_uint,
    /// Who may call it.
    pub flags: drm_ioctl_flags,
    /// The handler.
    pub func: drm_ioctl_t,
    /// The name for messages, null-terminated.
    pub name: *const c_char,
}

// SAFETY: An entry is a table row of constants: nothing is ever written through its pointers.
unsafe impl Sync for drm_ioctl_desc {}

/// A DRM driver (`include/drm/drm_drv.h`).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct drm_driver {
    /// Deprecated hook of `drm_dev_register`.
    pub load: Option<unsafe extern "C" fn(dev: *mut drm_device, flags: c_ulong) -> c_int>,
    /// Called when a node is opened.
    pub open: Option<unsafe extern "C" fn(dev: *mut drm_device, file: *mut drm_file) -> c_int>,
    /// Called when an open file goes away, after its handles are closed.
    pub postclose: Option<unsafe extern "C" fn(dev: *mut drm_device, file: *mut drm_file)>,
    /// Deprecated hook of `drm_dev_unregister`.
    pub unload: Option<unsafe extern "C" fn(dev: *mut drm_device)>,
    /// Called when the last reference is dropped.
    pub release: Option<unsafe extern "C" fn(dev: *mut drm_device)>,
    /// Called when a file becomes master.
    pub master_set:
        Option<unsafe extern "C" fn(dev: *mut drm_device, file: *mut drm_file, from_open: bool)>,
    /// Called when a file stops being master.
    pub master_drop: Option<unsafe extern "C" fn(dev: *mut drm_device, file: *mut drm_file)>,
    /// Adds files to debugfs.
    pub debugfs_init: Option<unsafe extern "C" fn(minor: *mut drm_minor)>,
    /// Allocates a GEM object for the core.
    pub gem_create_object:
        Option<unsafe extern "C" fn(dev: *mut drm_device, size: usize) -> *mut drm_gem_object>,
    /// Exports a handle.
    pub prime_handle_to_fd: Option<
        unsafe extern "C" fn(
            dev: *mut drm_device,
            file_priv: *mut drm_file,
            handle: u32,
            flags: u32,
            prime_fd: *mut c_int,
        ) -> c_int,
    >,
    /// Imports a file descriptor.
    pub prime_fd_to_handle: Option<
        unsafe extern "C" fn(
            dev: *mut drm_device,
            file_priv: *mut drm_file,
            prime_fd: c_int,
            handle: *mut u32,
        ) -> c_int,
    >,
    /// Imports a buffer.
    pub gem_prime_import: Option<
        unsafe extern "C" fn(dev: *mut drm_device, dma_buf: *mut dma_buf) -> *mut drm_gem_object,
    >,
    /// Imports a scatter list.
    pub gem_prime_import_sg_table: Option<
        unsafe extern "C" fn(
            dev: *mut drm_device,
            attach: *mut dma_buf_attachment,
            sgt: *mut sg_table,
        ) -> *mut drm_gem_object,
    >,
    /// Creates a dumb buffer.
    pub dumb_create: Option<
        unsafe extern "C" fn(
            file_priv: *mut drm_file,
            dev: *mut drm_device,
            args: *mut drm_mode_create_dumb,
        ) -> c_int,
    >,
    /// Gives the mapping offset of a dumb buffer.
    pub dumb_map_offset: Option<
        unsafe extern "C" fn(
            file_priv: *mut drm_file,
            dev: *mut drm_device,
            handle: u32,
            offset: *mut u64,
        ) -> c_int,
    >,
    /// Sets up the framebuffer console.
    pub fbdev_probe: Option<
        unsafe extern "C" fn(
            fbdev_helper: *mut drm_fb_helper,
            sizes: *mut drm_fb_helper_surface_size,
        ) -> c_int,
    >,
    /// Prints statistics of an open file.
    pub show_fdinfo: Option<unsafe extern "C" fn(p: *mut drm_printer, f: *mut drm_file)>,
    /// Major version.
    pub major: c_int,
    /// Minor version.
    pub minor: c_int,
    /// Patch level.
    pub patchlevel: c_int,
    /// Name, null-terminated.
    pub name: *mut c_char,
    /// Description, null-terminated.
    pub desc: *mut c_char,
    /// `DRIVER_*`.
    pub driver_features: u32,
    /// The driver's own ioctls, from `DRM_COMMAND_BASE` on.
    pub ioctls: *const drm_ioctl_desc,
    /// Number of entries in `ioctls`.
    pub num_ioctls: c_int,
    /// Operations of the driver's nodes.
    pub fops: *const file_operations,
}

// SAFETY: A driver is a table of constants: nothing is ever written through its pointers.
unsafe impl Sync for drm_driver {}

// SAFETY: As for `drm_driver`.
unsafe impl Sync for file_operations {}

macro_rules! opaque {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        $(#[$meta])*
        #[repr(C)]
        pub struct $name {
            _opaque: [u8; 0],
        }
    )*};
}

opaque! {
    /// A shared buffer; opaque.
    dma_buf;
    /// A device's use of a shared buffer; opaque.
    dma_buf_attachment;
    /// A list of memory pieces; opaque.
    sg_table;
    /// The request for a dumb buffer; opaque.
    drm_mode_create_dumb;
    /// The framebuffer console; opaque.
    drm_fb_helper;
    /// The size of a framebuffer; opaque.
    drm_fb_helper_surface_size;
    /// Where text is printed to; opaque.
    drm_printer;
    /// A mapping of a buffer in kernel memory; opaque.
    iosys_map;
    /// Callbacks of a mapping; opaque.
    vm_operations_struct;
    /// What goes with a wedged event; opaque.
    drm_wedge_task_info;
}

/// Place of a GEM object in its device's space of mapping offsets.
#[repr(C)]
pub struct drm_vma_offset_node {
    /// First page; 0 while no offset was made.
    pub vm_node_start: u64,
    /// Number of pages.
    pub vm_pages: c_ulong,
}

/// A GEM object (`include/drm/drm_gem.h`).
#[repr(C)]
pub struct drm_gem_object {
    /// The reference counter.
    pub refcount: kref,
    /// Number of handles in all files.
    pub handle_count: c_uint,
    /// The device that the object was made for; no reference is held.
    pub dev: *mut drm_device,
    /// Backing file, or null.
    pub filp: *mut file,
    /// Place in the space of mapping offsets.
    pub vma_node: drm_vma_offset_node,
    /// Size in bytes.
    pub size: usize,
    /// Global name, or 0.
    pub name: c_int,
    /// What the driver does with the object.
    pub funcs: *const drm_gem_object_funcs,
}

/// What a driver does with its GEM objects.
#[repr(C)]
pub struct drm_gem_object_funcs {
    /// Called when the last reference is dropped; must free the object.
    pub free: Option<unsafe extern "C" fn(obj: *mut drm_gem_object)>,
    /// Called when a file gets a handle.
    pub open: Option<unsafe extern "C" fn(obj: *mut drm_gem_object, file: *mut drm_file) -> c_int>,
    /// Called when a file loses its handle.
    pub close: Option<unsafe extern "C" fn(obj: *mut drm_gem_object, file: *mut drm_file)>,
    /// Maps the object for userspace.
    pub mmap:
        Option<unsafe extern "C" fn(obj: *mut drm_gem_object, vma: *mut vm_area_struct) -> c_int>,
    /// Maps the object for the kernel.
    pub vmap: Option<unsafe extern "C" fn(obj: *mut drm_gem_object, map: *mut iosys_map) -> c_int>,
    /// Unmaps the object.
    pub vunmap: Option<unsafe extern "C" fn(obj: *mut drm_gem_object, map: *mut iosys_map)>,
    /// Callbacks of mappings, or null.
    pub vm_ops: *const vm_operations_struct,
}

// SAFETY: As for `drm_driver`.
unsafe impl Sync for drm_gem_object_funcs {}

extern "C" {
    /// Allocates `size` bytes with a `drm_device` at `offset` and one reference to it, or an error
    /// pointer. The result points to the allocation, not to the `drm_device`.
    pub fn __drm_dev_alloc(
        parent: *mut device,
        driver: *const drm_driver,
        size: usize,
        offset: usize,
    ) -> *mut c_void;
    /// Takes a reference; null is ignored.
    pub fn drm_dev_get(dev: *mut drm_device);
    /// Drops a reference; null is ignored.
    pub fn drm_dev_put(dev: *mut drm_device);
    /// Makes the device known to userspace.
    pub fn drm_dev_register(dev: *mut drm_device, flags: c_ulong) -> c_int;
    /// Takes the device's nodes away from userspace.
    pub fn drm_dev_unregister(dev: *mut drm_device);
    /// Marks the device as gone, waits for every section, and unregisters it.
    pub fn drm_dev_unplug(dev: *mut drm_device);
    /// Enters a section that unplug waits for; false, and no section, once unplugged.
    pub fn drm_dev_enter(dev: *mut drm_device, idx: *mut c_int) -> bool;
    /// Leaves the section that `drm_dev_enter` numbered `idx`.
    pub fn drm_dev_exit(idx: c_int);
    /// Tells userspace that the device is wedged; `method` is a set of `DRM_WEDGE_RECOVERY_*`.
    pub fn drm_dev_wedged_event(
        dev: *mut drm_device,
        method: c_ulong,
        info: *mut drm_wedge_task_info,
    ) -> c_int;
    /// Tells userspace that an output has come or gone.
    pub fn drm_sysfs_hotplug_event(dev: *mut drm_device);

    /// The number of a node of `dev` (`DRM_MINOR_*`), or a negative error code if it has none.
    ///
    /// No C header declares this: it is the inline helper that an accessor of minor numbers needs.
    #[link_name = "rust_helper_drm_dev_minor_index"]
    pub fn drm_dev_minor_index(dev: *mut drm_device, type_: drm_minor_type) -> c_int;
    /// Asserts that unplugging `dev` has to wait for the caller, as `mutex_assert_is_held` asserts
    /// that a lock is held.
    ///
    /// No C header declares this: it stands for a lockdep check of the unplug SRCU domain.
    #[link_name = "rust_helper_drm_dev_assert_entered"]
    pub fn drm_dev_assert_entered(dev: *mut drm_device);

    /// `open` of a DRM node.
    pub fn drm_open(inode: *mut inode, filp: *mut file) -> c_int;
    /// `release` of a DRM node.
    pub fn drm_release(inode: *mut inode, filp: *mut file) -> c_int;
    /// `unlocked_ioctl` of a DRM node.
    pub fn drm_ioctl(filp: *mut file, cmd: c_uint, arg: c_ulong) -> crate::c_long;
    /// `compat_ioctl` of a DRM node.
    pub fn drm_compat_ioctl(filp: *mut file, cmd: c_uint, arg: c_ulong) -> crate::c_long;
    /// `poll` of a DRM node.
    pub fn drm_poll(filp: *mut file, wait: *mut poll_table_struct) -> c_uint;
    /// `read` of a DRM node.
    pub fn drm_read(filp: *mut file, buffer: *mut u8, count: usize, offset: *mut loff_t) -> isize;
    /// `mmap` of a DRM node of a GEM driver.
    pub fn drm_gem_mmap(filp: *mut file, vma: *mut vm_area_struct) -> c_int;

    /// Initialises the core's part of a GEM object of `size` bytes, with one reference.
    pub fn drm_gem_object_init(
        dev: *mut drm_device,
        obj: *mut drm_gem_object,
        size: usize,
    ) -> c_int;
    /// Frees what `drm_gem_object_init` set up before it failed.
    pub fn drm_gem_private_object_fini(obj: *mut drm_gem_object);
    /// Frees the core's part of a GEM object; for `drm_gem_object_funcs::free`.
    pub fn drm_gem_object_release(obj: *mut drm_gem_object);
    /// Takes a reference to a GEM object.
    #[link_name = "rust_helper_drm_gem_object_get"]
    pub fn drm_gem_object_get(obj: *mut drm_gem_object);
    /// Drops a reference to a GEM object.
    #[link_name = "rust_helper_drm_gem_object_put"]
    pub fn drm_gem_object_put(obj: *mut drm_gem_object);
    /// Gives `file_priv` a handle for `obj`.
    pub fn drm_gem_handle_create(
        file_priv: *mut drm_file,
        obj: *mut drm_gem_object,
        handlep: *mut u32,
    ) -> c_int;
    /// The object behind a handle with a new reference, or null.
    pub fn drm_gem_object_lookup(filp: *mut drm_file, handle: u32) -> *mut drm_gem_object;
    /// Gives `obj` a place in the space of mapping offsets.
    pub fn drm_gem_create_mmap_offset(obj: *mut drm_gem_object) -> c_int;
    /// The offset that userspace passes to `mmap`, in bytes.
    #[link_name = "rust_helper_drm_vma_node_offset_addr"]
    pub fn drm_vma_node_offset_addr(node: *mut drm_vma_offset_node) -> u64;
}
