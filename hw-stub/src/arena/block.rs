//! One allocation.

use crate::oracle::{Kind, Seq};

/// What an allocation starts with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fill {
    Zero,
    Garbage,
}

/// What an allocation is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Purpose {
    /// The program's own; it is a leak when it is never freed.
    Kmalloc,
    /// A DRM device and what contains it.
    DrmDevice,
    /// An object of the stub, whose leaks are reported under names of their own.
    Core,
    /// Addresses of a mapping of registers.
    Io,
}

/// An allocation that is or was.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) start: usize,
    pub(crate) size: usize,
    pub(crate) purpose: Purpose,
    pub(crate) name: String,
    pub(crate) allocated: Seq,
    pub(crate) freed: Option<Seq>,
}

impl Block {
    pub(super) fn new(
        start: usize,
        size: usize,
        purpose: Purpose,
        name: &str,
        allocated: Seq,
    ) -> Self {
        Self {
            start,
            size,
            purpose,
            name: name.into(),
            allocated,
            freed: None,
        }
    }

    /// Whether `address` lies in the block itself.
    pub(crate) fn contains(&self, address: usize) -> bool {
        (self.start..self.start + self.size.max(1)).contains(&address)
    }

    /// How an access beyond the end is called.
    pub(crate) fn overflow_kind(&self) -> Kind {
        match self.purpose {
            Purpose::DrmDevice => Kind::AllocationTooSmall,
            _ => Kind::OutOfBounds,
        }
    }

    /// Bytes from the start within which an access is blamed on this block.
    pub(super) fn reach(&self) -> usize {
        self.size + 2 * super::backend::GUARD
    }
}
