//! Registers in device memory.
//!
//! Every access is checked against the size of the mapping, which [`mem`] makes from a
//! [`resource`]. C header: `include/asm-generic/io.h`.

pub mod mem;
pub mod poll;
pub mod resource;

use crate::error::code::EINVAL;
use crate::error::Result;
use crate::ffi::c_void;
use core::ptr::NonNull;

/// A physical address.
pub type PhysAddr = bindings::phys_addr_t;
/// The size of a resource.
pub type ResourceSize = bindings::resource_size_t;

/// Access to the registers of a mapped region, by their offsets.
///
/// Offsets must be multiples of the size of the register, and lie within the region. `read32` and
/// `write32` are for offsets known to lie within its minimal size, and panic if they do not, which
/// the kernel finds when it is linked; `try_read32` and `try_write32` are for the others.
pub trait Io: private::Region {
    /// Reads a 32-bit register.
    fn read32(&self, offset: usize) -> u32 {
        let register = register::<u32>(self.base(), Self::MIN_SIZE, offset)
            .expect("the register lies within the minimal size of the region");
        // SAFETY: The register lies within the mapped region.
        unsafe { bindings::readl(register.as_ptr()) }
    }

    /// Writes a 32-bit register.
    fn write32(&self, value: u32, offset: usize) {
        let register = register::<u32>(self.base(), Self::MIN_SIZE, offset)
            .expect("the register lies within the minimal size of the region");
        // SAFETY: The register lies within the mapped region.
        unsafe { bindings::writel(value, register.as_ptr()) };
    }

    /// Reads a 32-bit register; fails with `EINVAL` if it lies outside of the region.
    fn try_read32(&self, offset: usize) -> Result<u32> {
        let register = register::<u32>(self.base(), self.size(), offset).ok_or(EINVAL)?;
        // SAFETY: The register lies within the mapped region.
        Ok(unsafe { bindings::readl(register.as_ptr()) })
    }

    /// Writes a 32-bit register; fails with `EINVAL` if it lies outside of the region.
    fn try_write32(&self, value: u32, offset: usize) -> Result {
        let register = register::<u32>(self.base(), self.size(), offset).ok_or(EINVAL)?;
        // SAFETY: The register lies within the mapped region.
        unsafe { bindings::writel(value, register.as_ptr()) };
        Ok(())
    }
}

pub(crate) mod private {
    use super::{c_void, NonNull};

    /// A mapped region.
    ///
    /// # Safety
    ///
    /// `size` bytes from `base` are mapped while `self` is borrowed, and `MIN_SIZE` is no more.
    pub unsafe trait Region {
        /// The size that is known at compile time.
        const MIN_SIZE: usize;

        /// The first register.
        fn base(&self) -> NonNull<c_void>;

        /// The size of the region.
        fn size(&self) -> usize;
    }
}

/// The register of type `T` at `offset`, if it is aligned and lies within `size`.
fn register<T>(base: NonNull<c_void>, size: usize, offset: usize) -> Option<NonNull<c_void>> {
    let end = offset.checked_add(size_of::<T>())?;
    if end > size || !offset.is_multiple_of(size_of::<T>()) {
        return None;
    }
    NonNull::new(base.as_ptr().wrapping_byte_add(offset))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registers_lie_within_their_region() {
        let base = NonNull::new(core::ptr::without_provenance_mut(0x1000)).expect("Not null.");
        assert!(register::<u32>(base, 8, 4).is_some());
        assert!(register::<u32>(base, 8, 5).is_none());
        assert!(register::<u32>(base, 8, 8).is_none());
        assert!(register::<u32>(base, 8, usize::MAX - 3).is_none());
    }
}
