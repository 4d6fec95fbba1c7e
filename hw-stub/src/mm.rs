//! The slab allocator of the C ABI (`mm/slub.c`).

use std::ffi::c_void;

use crate::abi::{key, same_abi};
use crate::arena::{self, Fill, Purpose};
use crate::oracle::{report, Kind};
use crate::{fault, inhabitants};

/// `ZERO_SIZE_PTR`: what an allocation of no bytes is.
const ZERO_SIZE: usize = 16;

same_abi!(krealloc_node_align: fn(*const c_void, usize, usize, u32, i32) -> *mut c_void);
same_abi!(kfree: fn(*const c_void));

/// `mm/slub.c: krealloc_node_align_noprof`: a failed call leaves the old memory as it was.
///
/// New memory is aligned as its size tells, whatever was asked for: `__do_krealloc` looks at the
/// alignment only to decide whether old memory can stay.
///
/// # Safety
///
/// `objp` is null or memory of this function that was not freed.
#[export_name = "rust_helper_krealloc_node_align"]
pub(crate) unsafe extern "C" fn krealloc_node_align(
    objp: *const c_void,
    new_size: usize,
    _align: usize,
    flags: u32,
    _nid: i32,
) -> *mut c_void {
    if new_size == 0 {
        // SAFETY: The caller gives `objp` up.
        unsafe { kfree(objp) };
        return std::ptr::without_provenance_mut(ZERO_SIZE);
    }
    if fault::fails("krealloc_node_align") {
        return std::ptr::null_mut();
    }
    let zero = flags & bindings::__GFP_ZERO != 0;
    let fill = if zero { Fill::Zero } else { Fill::Garbage };
    let align = arena::natural_align(new_size).max(bindings::ARCH_KMALLOC_MINALIGN);
    let new = arena::alloc(new_size, align, Purpose::Kmalloc, "an allocation", fill);
    if key(objp) > ZERO_SIZE {
        // SAFETY: `new` has `new_size` bytes, and the caller owns `objp` until here.
        unsafe { move_block(objp, new, new_size) };
    }
    new.cast()
}

/// `mm/slub.c: kfree`.
///
/// # Safety
///
/// `objp` is null or memory of `krealloc_node_align` that nobody uses any more.
#[no_mangle]
pub(crate) unsafe extern "C" fn kfree(objp: *const c_void) {
    if key(objp) > ZERO_SIZE {
        free("kfree", key(objp));
    }
}

/// Frees the block at `address` after looking at what still lives in it.
pub(crate) fn free(call: &str, address: usize) {
    inhabitants::evict(call, address);
    arena::free(call, address);
}

/// Copies what fits of `old` to `new`, and frees `old`.
///
/// # Safety
///
/// `new` is a fresh block of `new_size` bytes.
unsafe fn move_block(old: *const c_void, new: *mut u8, new_size: usize) {
    let Some(block) = arena::find(key(old)).filter(|block| block.start == key(old)) else {
        let now = detail!("krealloc");
        return report(
            Kind::InvalidFree,
            "krealloc of memory that is no block",
            None,
            now,
        );
    };
    if let Some(freed) = block.freed {
        let now = detail!("krealloc({})", block.name);
        return report(
            Kind::UseAfterFree,
            "krealloc of freed memory",
            Some(freed),
            now,
        );
    }
    // SAFETY: The table knows `old` as a live block of `block.size` bytes, and `new` is fresh.
    unsafe { new.copy_from_nonoverlapping(old.cast(), block.size.min(new_size)) };
    free("krealloc", key(old));
}
