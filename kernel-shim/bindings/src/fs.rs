//! Files as the DRM core sees them: what `open`, `ioctl` and `release` are called with.

use crate::{c_int, c_long, c_uint, c_ulong, c_void, dev_t, loff_t, module};

/// `FOP_UNSIGNED_OFFSET`: file offsets are unsigned.
pub const FOP_UNSIGNED_OFFSET: u32 = 1 << 5;

/// An inode of a device node.
#[repr(C)]
pub struct inode {
    /// The device number that the node stands for.
    pub i_rdev: dev_t,
}

/// An open file.
#[repr(C)]
pub struct file {
    /// The operations of the driver that the file was opened through.
    pub f_op: *const file_operations,
    /// The node that was opened.
    pub f_inode: *mut inode,
    /// Belongs to the driver: for DRM a `drm_file`.
    pub private_data: *mut c_void,
    /// Flags of `open`.
    pub f_flags: c_uint,
}

/// A memory mapping of a file.
#[repr(C)]
pub struct vm_area_struct {
    /// First page of the mapping, in pages.
    pub vm_pgoff: c_ulong,
    /// First address of the mapping.
    pub vm_start: c_ulong,
    /// First address behind the mapping.
    pub vm_end: c_ulong,
}

/// A table of waiters for `poll`.
#[repr(C)]
pub struct poll_table_struct {
    /// The events that somebody waits for.
    pub _key: c_uint,
}

/// What can be done with an open file.
#[repr(C)]
pub struct file_operations {
    /// The module that must stay loaded while files are open.
    pub owner: *mut module,
    /// Flags of the operations (`FOP_*`).
    pub fop_flags: u32,
    /// Sets the file position.
    pub llseek: Option<unsafe extern "C" fn(file: *mut file, off: loff_t, whence: c_int) -> loff_t>,
    /// Reads from the file.
    pub read: Option<
        unsafe extern "C" fn(file: *mut file, buf: *mut u8, n: usize, off: *mut loff_t) -> isize,
    >,
    /// Waits for events.
    pub poll: Option<unsafe extern "C" fn(file: *mut file, wait: *mut poll_table_struct) -> c_uint>,
    /// Runs an ioctl.
    pub unlocked_ioctl:
        Option<unsafe extern "C" fn(file: *mut file, cmd: c_uint, arg: c_ulong) -> c_long>,
    /// Runs an ioctl of a 32-bit process.
    pub compat_ioctl:
        Option<unsafe extern "C" fn(file: *mut file, cmd: c_uint, arg: c_ulong) -> c_long>,
    /// Maps the file.
    pub mmap: Option<unsafe extern "C" fn(file: *mut file, vma: *mut vm_area_struct) -> c_int>,
    /// Called when the file is opened.
    pub open: Option<unsafe extern "C" fn(inode: *mut inode, file: *mut file) -> c_int>,
    /// Called when the last descriptor is closed.
    pub release: Option<unsafe extern "C" fn(inode: *mut inode, file: *mut file) -> c_int>,
}

extern "C" {
    /// A `llseek` that succeeds and does nothing.
    pub fn noop_llseek(file: *mut file, offset: loff_t, whence: c_int) -> loff_t;
}
