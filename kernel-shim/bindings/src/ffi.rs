//! The kernel's own C type aliases, which differ from `core::ffi`'s: `char` is unsigned and `long`
//! is a pointer-sized integer.

/// C `char`; unsigned in the kernel on every architecture.
pub type c_char = u8;
/// C `int`.
pub type c_int = i32;
/// C `unsigned int`.
pub type c_uint = u32;
/// C `long`.
pub type c_long = isize;
/// C `unsigned long`.
pub type c_ulong = usize;
/// C `void`.
pub use core::ffi::c_void;

/// Largest error number that `ERR_PTR` can carry.
pub const MAX_ERRNO: u32 = 4095;

/// `gfp_t`: allocation flags.
pub type gfp_t = c_uint;
/// A physical address.
pub type phys_addr_t = u64;
/// The size of a physical resource.
pub type resource_size_t = phys_addr_t;
/// A device number: 12 bits of major and 20 bits of minor.
pub type dev_t = u32;
/// A file offset.
pub type loff_t = i64;

/// `EPERM`: operation not permitted.
pub const EPERM: u32 = 1;
/// `ENOENT`: no such entry.
pub const ENOENT: u32 = 2;
/// `EINTR`: interrupted call.
pub const EINTR: u32 = 4;
/// `EIO`: input or output error.
pub const EIO: u32 = 5;
/// `ENXIO`: no such device or address.
pub const ENXIO: u32 = 6;
/// `EBADF`: bad file number.
pub const EBADF: u32 = 9;
/// `EAGAIN`: try again.
pub const EAGAIN: u32 = 11;
/// `ENOMEM`: out of memory.
pub const ENOMEM: u32 = 12;
/// `EACCES`: permission denied.
pub const EACCES: u32 = 13;
/// `EFAULT`: bad address.
pub const EFAULT: u32 = 14;
/// `EBUSY`: device or resource busy.
pub const EBUSY: u32 = 16;
/// `EEXIST`: exists already.
pub const EEXIST: u32 = 17;
/// `ENODEV`: no such device.
pub const ENODEV: u32 = 19;
/// `EINVAL`: invalid argument.
pub const EINVAL: u32 = 22;
/// `ENOTTY`: not a terminal; an ioctl number that nobody knows.
pub const ENOTTY: u32 = 25;
/// `ENOSPC`: no space left.
pub const ENOSPC: u32 = 28;
/// `ERANGE`: result not representable.
pub const ERANGE: u32 = 34;
/// `ENOSYS`: function not implemented.
pub const ENOSYS: u32 = 38;
/// `EOVERFLOW`: value too large for its type.
pub const EOVERFLOW: u32 = 75;
/// `EOPNOTSUPP`: operation not supported.
pub const EOPNOTSUPP: u32 = 95;
/// `ETIMEDOUT`: connection timed out.
pub const ETIMEDOUT: u32 = 110;
/// `ERESTARTSYS`: restart the system call; never seen by userspace.
pub const ERESTARTSYS: u32 = 512;
/// `EPROBE_DEFER`: the driver asks to be probed again later.
pub const EPROBE_DEFER: u32 = 517;
