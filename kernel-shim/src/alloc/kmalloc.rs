//! The `kmalloc` allocator: physically contiguous memory for small objects.
//!
//! C header: `include/linux/slab.h`. The layout rule is here because `drm` needs it too.

use super::{AllocError, Flags};
use core::alloc::Layout;
use core::ptr::NonNull;

/// The `kmalloc` allocator.
pub struct Kmalloc;

impl Kmalloc {
    /// The layout that must be asked for so that memory of `layout` is aligned.
    ///
    /// `kmalloc` aligns to the largest power of two that divides the size, so the size is padded
    /// to a multiple of the alignment.
    pub fn aligned_layout(layout: Layout) -> Layout {
        layout.pad_to_align()
    }

    /// Allocates memory of `layout`; a dangling pointer when it has no size.
    pub(crate) fn alloc(layout: Layout, flags: Flags) -> Result<NonNull<u8>, AllocError> {
        let layout = Self::aligned_layout(layout);
        if layout.size() == 0 {
            return Ok(layout.dangling_ptr());
        }
        // SAFETY: A null `objp` asks for new memory; size and alignment come from a `Layout`.
        let ptr = unsafe {
            bindings::krealloc_node_align(
                core::ptr::null(),
                layout.size(),
                layout.align(),
                flags.as_raw(),
                bindings::NUMA_NO_NODE,
            )
        };
        NonNull::new(ptr.cast()).ok_or(AllocError)
    }

    /// Frees memory.
    ///
    /// # Safety
    ///
    /// `ptr` came from [`Kmalloc::alloc`] with this `layout`, and nobody uses it any more.
    pub(crate) unsafe fn free(ptr: NonNull<u8>, layout: Layout) {
        if layout.size() != 0 {
            // SAFETY: The layout has a size, so the pointer came from `krealloc_node_align`, and
            // the caller gives it up.
            unsafe { bindings::kfree(ptr.as_ptr().cast()) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_padded_to_the_alignment() {
        let layout = Layout::from_size_align(24, 16).expect("24 bytes at 16 is a layout.");
        assert_eq!(Kmalloc::aligned_layout(layout).size(), 32);
    }
}
