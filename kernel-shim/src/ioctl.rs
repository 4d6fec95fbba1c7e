//! Numbers of ioctls: direction, type, number and size of the argument.
//!
//! C header: `include/uapi/asm-generic/ioctl.h`. DRM's own part is in `kernel::drm::ioctl`.
#![expect(non_snake_case, reason = "The names are those of C macros.")]

use crate::uapi;

/// An ioctl without an argument.
pub const fn _IO(ty: u32, nr: u32) -> u32 {
    _IOC(uapi::_IOC_NONE, ty, nr, 0)
}

/// An ioctl that writes a `T` to userspace.
pub const fn _IOR<T>(ty: u32, nr: u32) -> u32 {
    _IOC(uapi::_IOC_READ, ty, nr, size_of::<T>())
}

/// An ioctl that reads a `T` from userspace.
pub const fn _IOW<T>(ty: u32, nr: u32) -> u32 {
    _IOC(uapi::_IOC_WRITE, ty, nr, size_of::<T>())
}

/// An ioctl that reads a `T` from userspace and writes it back.
pub const fn _IOWR<T>(ty: u32, nr: u32) -> u32 {
    _IOC(uapi::_IOC_READ | uapi::_IOC_WRITE, ty, nr, size_of::<T>())
}

/// The direction of an ioctl.
pub const fn _IOC_DIR(nr: u32) -> u32 {
    (nr >> uapi::_IOC_DIRSHIFT) & uapi::_IOC_DIRMASK
}

/// The type of an ioctl.
pub const fn _IOC_TYPE(nr: u32) -> u32 {
    (nr >> uapi::_IOC_TYPESHIFT) & uapi::_IOC_TYPEMASK
}

/// The number of an ioctl within its type.
pub const fn _IOC_NR(nr: u32) -> u32 {
    (nr >> uapi::_IOC_NRSHIFT) & uapi::_IOC_NRMASK
}

/// The size of the argument of an ioctl.
pub const fn _IOC_SIZE(nr: u32) -> usize {
    ((nr >> uapi::_IOC_SIZESHIFT) & uapi::_IOC_SIZEMASK) as usize
}

const fn _IOC(dir: u32, ty: u32, nr: u32, size: usize) -> u32 {
    assert!(dir <= uapi::_IOC_DIRMASK, "no such direction of an ioctl");
    assert!(ty <= uapi::_IOC_TYPEMASK, "the ioctl's type has 8 bits");
    assert!(nr <= uapi::_IOC_NRMASK, "the ioctl's number has 8 bits");
    assert!(
        size <= uapi::_IOC_SIZEMASK as usize,
        "the ioctl's argument is too large"
    );
    (dir << uapi::_IOC_DIRSHIFT)
        | (ty << uapi::_IOC_TYPESHIFT)
        | (nr << uapi::_IOC_NRSHIFT)
        | ((size as u32) << uapi::_IOC_SIZESHIFT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_holds_its_parts() {
        let nr = _IOWR::<u64>(0x64, 0x41);
        assert_eq!(nr, 0xc008_6441);
        assert_eq!(_IOC_DIR(nr), uapi::_IOC_READ | uapi::_IOC_WRITE);
        assert_eq!(_IOC_TYPE(nr), 0x64);
        assert_eq!(_IOC_NR(nr), 0x41);
        assert_eq!(_IOC_SIZE(nr), 8);
    }
}
