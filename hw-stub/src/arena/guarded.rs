//! Memory on pages of its own, in front of a page that cannot be touched.
//!
//! One range of addresses is reserved once and handed out upwards, so nothing is ever used twice.

use std::sync::{Mutex, OnceLock};

use super::Fill;
use crate::sync::lock;

/// Bytes behind each block that cannot be touched.
pub(super) const GUARD: usize = PAGE;

const PAGE: usize = 4096;
const SIZES: [usize; 3] = [1 << 37, 1 << 34, 1 << 31];
const BESIDE: u8 = 0xa5;
const GARBAGE: u8 = 0x6b;

/// The reserved addresses.
struct Range {
    start: usize,
    size: usize,
    used: Mutex<usize>,
}

/// Memory for `size` bytes that ends as closely before a guard page as `align` allows.
pub(super) fn obtain(size: usize, align: usize, fill: Fill) -> *mut u8 {
    let pages = size.max(1).next_multiple_of(PAGE);
    // What is larger than a page begins at a page, which has to be found within more of them.
    let align_of_first = align.max(PAGE);
    let taken = take(align_of_first - PAGE + pages + GUARD);
    let first = taken.with_addr(taken.addr().next_multiple_of(align_of_first));
    protect(first, pages, libc::PROT_READ | libc::PROT_WRITE);
    // Even a block of no bytes has an address on its own page.
    let start = (first.addr() + pages - size.max(1)) & !(align - 1);
    // SAFETY: `pages` bytes from `first` were just made writable and belong to nobody else; the
    // block from `start` lies within them.
    unsafe {
        first.write_bytes(BESIDE, pages);
        let block = first.with_addr(start);
        block.write_bytes(if fill == Fill::Zero { 0 } else { GARBAGE }, size);
        block
    }
}

/// Addresses that nothing may touch.
pub(super) fn reserve(size: usize) -> *mut u8 {
    take(size.next_multiple_of(PAGE) + GUARD)
}

/// Makes a block's pages untouchable, for good. Untouchable is stronger than poisoned: no access
/// goes unnoticed, so the pages' content is given back to the system.
pub(super) fn give_back(start: usize, size: usize) {
    let (first, pages) = pages(start, size);
    let first = pointer(first);
    protect(first, pages, libc::PROT_NONE);
    // SAFETY: The pages are this block's alone and can no longer be accessed.
    unsafe { libc::madvise(first.cast(), pages, libc::MADV_DONTNEED) };
}

/// Whether the bytes between a block and the ends of its pages are as they were.
pub(super) fn intact(start: usize, size: usize) -> bool {
    let (first, pages) = pages(start, size);
    let beside = |from: usize, to: usize| {
        // SAFETY: The block is not yet given back, so its pages are readable; the program has no
        // business with the bytes outside of the block.
        unsafe { std::slice::from_raw_parts(pointer(from), to - from) }
    };
    let before = beside(first, start);
    let after = beside(start + size, first + pages);
    before.iter().chain(after).all(|&byte| byte == BESIDE)
}

/// Whether an access to `address` may belong to the block that begins at `start`.
pub(super) fn same_page(address: usize, start: usize) -> bool {
    address / PAGE == start / PAGE
}

fn pages(start: usize, size: usize) -> (usize, usize) {
    let first = start & !(PAGE - 1);
    let end = (start + size.max(1)).next_multiple_of(PAGE);
    (first, end - first)
}

fn take(bytes: usize) -> *mut u8 {
    let range = range();
    let mut used = lock(&range.used);
    let offset = *used;
    assert!(offset + bytes <= range.size, "the stub's memory is used up");
    *used += bytes;
    pointer(range.start + offset)
}

fn pointer(address: usize) -> *mut u8 {
    // The range was exposed when it was mapped.
    std::ptr::with_exposed_provenance_mut(address)
}

fn protect(first: *mut u8, bytes: usize, protection: i32) {
    // SAFETY: The pages lie in the reserved range, which only this file hands out.
    let result = unsafe { libc::mprotect(first.cast(), bytes, protection) };
    assert_eq!(result, 0, "the system has no memory left");
}

fn range() -> &'static Range {
    static RANGE: OnceLock<Range> = OnceLock::new();
    RANGE.get_or_init(|| {
        let found = SIZES.into_iter().find_map(map);
        let (start, size) = found.expect("a process can reserve 2 GiB of addresses");
        Range {
            start,
            size,
            used: Mutex::new(0),
        }
    })
}

fn map(size: usize) -> Option<(usize, usize)> {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    // SAFETY: A fresh mapping at an address of the system's choice touches nothing else.
    let start = unsafe { libc::mmap(std::ptr::null_mut(), size, libc::PROT_NONE, flags, -1, 0) };
    (start != libc::MAP_FAILED).then(|| (start.expose_provenance(), size))
}
