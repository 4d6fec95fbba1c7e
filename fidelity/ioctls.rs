//! The ioctls that clients call: the driver's, which are nova's, and some of the core's.

pub const IN_OUT: u32 = 3 << 30;
pub const GETPARAM: u32 = ioctl(IN_OUT, 0x40, 16);
pub const GEM_CREATE: u32 = ioctl(IN_OUT, 0x41, 16);
pub const GEM_INFO: u32 = ioctl(IN_OUT, 0x42, 16);
pub const VERSION: u32 = ioctl(IN_OUT, 0x00, 64);
pub const GEM_CLOSE: u32 = ioctl(1 << 30, 0x09, 8);
pub const GET_MAGIC: u32 = ioctl(2 << 30, 0x02, 4);
pub const AUTH_MAGIC: u32 = ioctl(1 << 30, 0x11, 4);
pub const SET_MASTER: u32 = ioctl(0, 0x1e, 0);
pub const DROP_MASTER: u32 = ioctl(0, 0x1f, 0);
pub const KEEP: u64 = 1 << 32;
pub const GIVE_AGAIN: u64 = 1 << 33;
pub const GIVE_KEPT: u64 = 1 << 34;
pub const SIZE: u64 = 4096;

pub const fn ioctl(direction: u32, number: u32, size: u32) -> u32 {
    direction | size << 16 | (b'd' as u32) << 8 | number
}
