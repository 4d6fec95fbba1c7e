//! Allocation flags: what the allocator may do to find memory.
//!
//! C header: `include/linux/gfp_types.h`.

use core::ops::{BitAnd, BitOr, Not};

/// A set of `GFP_*` flags.
#[derive(Clone, Copy, PartialEq)]
pub struct Flags(u32);

impl Flags {
    /// Whether all of `flags` are in this set.
    pub fn contains(self, flags: Flags) -> bool {
        (self & flags) == flags
    }

    /// The flags as C wants them.
    pub(crate) fn as_raw(self) -> bindings::gfp_t {
        self.0
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, rhs: Self) -> Self {
        Self(self.0 | rhs.0)
    }
}

impl BitAnd for Flags {
    type Output = Self;

    fn bitand(self, rhs: Self) -> Self {
        Self(self.0 & rhs.0)
    }
}

impl Not for Flags {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0)
    }
}

/// The memory is zeroed.
pub const __GFP_ZERO: Flags = Flags(bindings::__GFP_ZERO);
/// The caller must not sleep.
pub const GFP_ATOMIC: Flags = Flags(bindings::GFP_ATOMIC);
/// The caller may sleep; the usual choice.
pub const GFP_KERNEL: Flags = Flags(bindings::GFP_KERNEL);
/// The caller must not sleep, and can bear failure.
pub const GFP_NOWAIT: Flags = Flags(bindings::GFP_NOWAIT);
/// No message when there is no memory.
pub const __GFP_NOWARN: Flags = Flags(bindings::__GFP_NOWARN);
