//! Memory: the slab allocator.

use crate::{c_int, c_ulong, c_void, gfp_t};

/// Smallest alignment of a `kmalloc` allocation, in bytes.
pub const ARCH_KMALLOC_MINALIGN: usize = 8;
/// Largest `kmalloc` allocation, in bytes.
pub const KMALLOC_MAX_SIZE: usize = 4 << 20;
/// Size of a page, in bytes.
pub const PAGE_SIZE: usize = 4096;

/// `GFP_KERNEL`: may sleep.
pub const GFP_KERNEL: gfp_t = 0xcc0;
/// `GFP_ATOMIC`: must not sleep.
pub const GFP_ATOMIC: gfp_t = 0x820;
/// `GFP_NOWAIT`: must not sleep and may fail early.
pub const GFP_NOWAIT: gfp_t = 0x2800;
/// `__GFP_ZERO`: the memory is zeroed.
pub const __GFP_ZERO: gfp_t = 0x100;
/// `__GFP_NOWARN`: no message on failure.
pub const __GFP_NOWARN: gfp_t = 0x2000;
/// `NUMA_NO_NODE`: from any node.
pub const NUMA_NO_NODE: c_int = -1;

extern "C" {
    /// Allocates, resizes (`objp` not null) or frees (`new_size` of 0) memory; null on failure.
    #[link_name = "rust_helper_krealloc_node_align"]
    pub fn krealloc_node_align(
        objp: *const c_void,
        new_size: usize,
        align: c_ulong,
        flags: gfp_t,
        nid: c_int,
    ) -> *mut c_void;
    /// Frees memory of `krealloc_node_align`; null is ignored.
    pub fn kfree(objp: *const c_void);
}
