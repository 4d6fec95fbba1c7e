//! Memory of userspace: only what a client handed to the running call can be read or written.
//!
//! Clients are in the same process, so every address could be accessed; a table of what a call was
//! given makes a wrong address an error, as in the kernel, and nothing worse.

use std::cell::RefCell;

use crate::abi::pointer;

thread_local! {
    static GIVEN: RefCell<Vec<(usize, usize)>> = const { RefCell::new(Vec::new()) };
}

/// Memory that the running call of this thread may access, until it is dropped.
pub(crate) struct Given(());

impl Given {
    /// Gives `size` bytes at `address` to the next calls of this thread.
    ///
    /// # Safety
    ///
    /// The bytes can be read and written, and nobody else does so, until the result is dropped.
    pub(crate) unsafe fn new(address: usize, size: usize) -> Self {
        GIVEN.with_borrow_mut(|given| given.push((address, size)));
        Self(())
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        GIVEN.with_borrow_mut(|given| given.pop());
    }
}

/// `include/linux/uaccess.h: copy_from_user`: false when the address is bad.
pub(crate) fn copy_from(to: &mut [u8], from: usize) -> bool {
    if to.is_empty() {
        return true;
    }
    if !is_given(from, to.len()) {
        return false;
    }
    // SAFETY: The bytes were given to this thread, by the contract of `Given::new`.
    unsafe { pointer::<u8>(from).copy_to(to.as_mut_ptr(), to.len()) };
    true
}

/// `include/linux/uaccess.h: copy_to_user`: false when the address is bad.
pub(crate) fn copy_to(to: usize, from: &[u8]) -> bool {
    if from.is_empty() {
        return true;
    }
    if !is_given(to, from.len()) {
        return false;
    }
    // SAFETY: As in `copy_from`.
    unsafe { pointer::<u8>(to).copy_from(from.as_ptr(), from.len()) };
    true
}

fn is_given(address: usize, size: usize) -> bool {
    let inside = |&(start, length): &(usize, usize)| {
        address >= start && size <= length && address - start <= length - size
    };
    GIVEN.with_borrow(|given| given.iter().any(inside))
}
