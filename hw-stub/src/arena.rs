//! Memory that notices misuse.
//!
//! Each allocation has pages of its own and ends at a page that cannot be touched; freed memory
//! stays untouchable for the life of the process. Under `--cfg asan` the system's allocator is used
//! instead, so that AddressSanitizer sees every access. Which address belongs to what is kept here.

#[cfg(not(asan))]
#[path = "arena/guarded.rs"]
mod backend;
#[cfg(asan)]
#[path = "arena/system.rs"]
mod backend;
mod block;

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::oracle::{report, report_leak, Kind, Seq};
use crate::sync::{lock, lock_soon};

pub(crate) use block::{Block, Fill, Purpose};

/// All blocks that ever were, by their first address.
static BLOCKS: Mutex<BTreeMap<usize, Block>> = Mutex::new(BTreeMap::new());

/// Allocates `size` bytes; aborts the process when the system has no memory, which is no misuse.
pub(crate) fn alloc(
    size: usize,
    align: usize,
    purpose: Purpose,
    name: &str,
    fill: Fill,
) -> *mut u8 {
    let address = backend::obtain(size, align, fill);
    let seq = detail!("allocated {size} bytes for {name}");
    let block = Block::new(address.expose_provenance(), size, purpose, name, seq);
    lock(&BLOCKS).insert(address.addr(), block);
    address
}

/// The alignment that `kmalloc` gives without being asked: the largest power of two that divides the
/// size (`include/linux/slab.h: kmalloc`).
pub(crate) fn natural_align(size: usize) -> usize {
    1 << size.max(8).trailing_zeros()
}

/// Takes `size` bytes of addresses that nothing may touch.
pub(crate) fn reserve(size: usize, name: &str) -> *mut u8 {
    let address = backend::reserve(size);
    let seq = detail!("mapped {size} bytes of {name}");
    let block = Block::new(address.addr(), size, Purpose::Io, name, seq);
    lock(&BLOCKS).insert(address.addr(), block);
    address
}

/// Frees the block that begins at `address`, once `call` may do so; reports why not otherwise.
///
/// Whoever calls this has looked for [inhabitants](crate::inhabitants) already.
pub(crate) fn free(call: &str, address: usize) -> bool {
    let now = detail!("{call}({})", describe(address));
    let mut blocks = lock(&BLOCKS);
    let found = blocks.get_mut(&address);
    let Some(block) = found.filter(|block| block.freed.is_none()) else {
        drop(blocks);
        report_bad_free(call, address, now);
        return false;
    };
    block.freed = Some(now);
    let block = block.clone();
    drop(blocks);
    check_surroundings(&block, now);
    if block.purpose != Purpose::Io {
        backend::give_back(block.start, block.size);
    }
    true
}

/// The block that `address` lies in, or just beyond, whether freed or not.
pub(crate) fn find(address: usize) -> Option<Block> {
    search(&lock(&BLOCKS), address)
}

/// As [`find`], but none when a dead thread keeps the table locked.
pub(crate) fn find_soon(address: usize) -> Option<Block> {
    search(&*lock_soon(&BLOCKS)?, address)
}

/// The freed block that `address` lies in.
pub(crate) fn freed(address: usize) -> Option<Block> {
    find(address).filter(|block| block.freed.is_some() && block.contains(address))
}

/// Reports every block that was never freed, and bytes beside them that were written.
pub(crate) fn check_at_end() {
    let now = detail!("end of the run");
    let live: Vec<Block> = {
        let blocks = lock(&BLOCKS);
        blocks
            .values()
            .filter(|b| b.freed.is_none())
            .cloned()
            .collect()
    };
    for block in live {
        check_surroundings(&block, now);
        if block.purpose == Purpose::Kmalloc {
            let message = format!("{} of {} bytes was never freed", block.name, block.size);
            report_leak(Kind::MemoryLeak, message, block.allocated);
        }
    }
}

fn search(blocks: &BTreeMap<usize, Block>, address: usize) -> Option<Block> {
    let before = blocks.range(..=address).next_back().map(|(_, block)| block);
    if let Some(block) = before.filter(|block| address < block.start + block.reach()) {
        return Some(block.clone());
    }
    let after = blocks.range(address..).next().map(|(_, block)| block);
    after
        .filter(|block| backend::same_page(address, block.start))
        .cloned()
}

fn describe(address: usize) -> String {
    match find(address) {
        Some(block) if block.start == address => block.name,
        Some(block) => format!(
            "{}+{}",
            block.name,
            address.wrapping_sub(block.start) as isize
        ),
        None => "memory of nobody".into(),
    }
}

fn report_bad_free(call: &str, address: usize, now: Seq) {
    let Some(block) = find(address) else {
        let message = format!("{call} of memory that was never allocated");
        return report(Kind::InvalidFree, message, None, now);
    };
    if let Some(freed) = block.freed {
        let message = format!("{call} of {}, which is free already", block.name);
        return report(Kind::DoubleFree, message, Some(freed), now);
    }
    let message = format!("{call} of an address inside {}", block.name);
    report(Kind::InvalidFree, message, Some(block.allocated), now);
}

/// Looks for writes to the bytes between a block and the ends of its pages.
fn check_surroundings(block: &Block, now: Seq) {
    if block.purpose == Purpose::Io || backend::intact(block.start, block.size) {
        return;
    }
    let message = format!(
        "bytes beside {} ({} bytes) were written",
        block.name, block.size
    );
    report(block.overflow_kind(), message, Some(block.allocated), now);
}
