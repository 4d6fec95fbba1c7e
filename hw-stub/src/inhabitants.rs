//! Objects that live inside of memory that is about to be freed.
//!
//! C cannot see them, but whoever frees memory must have ended what lives in it before.

use std::ops::Range;

use crate::oracle::Seq;
use crate::{arena, base, data, drm, mutex, workqueue};

/// Reports everything alive in the block at `address`, which `call` is about to free.
pub(crate) fn evict(call: &str, address: usize) {
    let block = arena::find(address).filter(|block| block.start == address);
    let Some(block) = block.filter(|block| block.freed.is_none()) else {
        return;
    };
    let now = detail!("{call} of {}", block.name);
    let range = block.start..block.start + block.size;
    for check in CHECKS {
        check(&range, now);
    }
}

/// Each forgets the objects of its kind in a range of memory, and reports those still alive.
const CHECKS: [fn(&Range<usize>, Seq); 6] = [
    data::memory_freed,
    workqueue::memory_freed,
    mutex::memory_freed,
    base::devres::memory_freed,
    drm::gem::memory_freed,
    drm::device::memory_freed,
];
