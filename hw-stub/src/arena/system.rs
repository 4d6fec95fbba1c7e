//! Memory of the system's allocator, where AddressSanitizer guards it.

use std::alloc::{alloc, dealloc, Layout};

use super::Fill;

/// Bytes behind each block that are blamed on it, where it is not AddressSanitizer that reports.
pub(super) const GUARD: usize = 16;

/// Memory for `size` bytes.
pub(super) fn obtain(size: usize, _align: usize, fill: Fill) -> *mut u8 {
    // SAFETY: `layout` never has a size of zero.
    let block = unsafe { alloc(layout(size)) };
    assert!(!block.is_null(), "the system has no memory left");
    let byte = if fill == Fill::Zero { 0 } else { 0x6b };
    // SAFETY: The block of `size` bytes was just allocated.
    unsafe { block.write_bytes(byte, size) };
    block
}

/// Addresses that nothing may touch; they are never given back.
pub(super) fn reserve(size: usize) -> *mut u8 {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    // SAFETY: A fresh mapping at an address of the system's choice touches nothing else.
    let start = unsafe { libc::mmap(std::ptr::null_mut(), size, libc::PROT_NONE, flags, -1, 0) };
    assert_ne!(start, libc::MAP_FAILED, "the system has no addresses left");
    start.cast()
}

/// Frees a block.
pub(super) fn give_back(start: usize, size: usize) {
    let start: *mut u8 = std::ptr::with_exposed_provenance_mut(start);
    // SAFETY: `obtain` made the block with this layout, and the table of blocks frees it only once.
    unsafe { dealloc(start, layout(size)) };
}

/// AddressSanitizer itself watches what lies beside a block.
pub(super) fn intact(_start: usize, _size: usize) -> bool {
    true
}

/// Only addresses inside of a block belong to it.
pub(super) fn same_page(address: usize, start: usize) -> bool {
    address == start
}

/// The alignment follows from the size alone, so that it is the same when the block is freed: a
/// power of two as large as the size allows, as `kmalloc` gives.
fn layout(size: usize) -> Layout {
    let align = super::natural_align(size).max(16);
    Layout::from_size_align(size.max(1), align).expect("a block is far smaller than memory")
}
