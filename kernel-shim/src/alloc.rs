//! Memory: allocation flags, the `kmalloc` allocator, boxes and arrays.
//!
//! Every allocation may fail, and says so in its type.

pub mod flags;
pub mod kbox;
pub mod kmalloc;
pub mod kvec;

pub use flags::Flags;
pub use kbox::KBox;
pub use kmalloc::Kmalloc;
pub use kvec::KVec;

/// The allocator of each kind of kernel memory.
pub mod allocator {
    pub use super::kmalloc::Kmalloc;
}

/// There is no memory left.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct AllocError;
