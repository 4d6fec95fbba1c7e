//! [`KVec`]: a growing array in `kmalloc` memory.
//!
//! Growing it may fail, and leaves it as it was.

use super::{AllocError, Flags, Kmalloc};
use crate::fmt;
use core::alloc::Layout;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

/// A growing array in `kmalloc` memory.
///
/// # Invariants
///
/// `ptr` came from the allocator with the layout of an array of `capacity` elements (so it dangles
/// when that has no size), of which the first `len` are valid, and nothing else owns it.
pub struct KVec<T> {
    ptr: NonNull<T>,
    len: usize,
    capacity: usize,
    _p: PhantomData<T>,
}

// SAFETY: A `KVec` owns its elements and nothing else.
unsafe impl<T: Send> Send for KVec<T> {}

// SAFETY: A shared `KVec` shares its elements and nothing else.
unsafe impl<T: Sync> Sync for KVec<T> {}

impl<T> KVec<T> {
    /// Creates an empty array, without memory.
    pub const fn new() -> Self {
        // INVARIANT: Without elements the layout has no size.
        Self {
            ptr: NonNull::dangling(),
            len: 0,
            capacity: 0,
            _p: PhantomData,
        }
    }

    /// Creates an empty array with memory for `capacity` elements.
    pub fn with_capacity(capacity: usize, flags: Flags) -> Result<Self, AllocError> {
        let layout = Layout::array::<T>(capacity).map_err(|_| AllocError)?;
        // INVARIANT: The memory is new, and there are no elements.
        Ok(Self {
            ptr: Kmalloc::alloc(layout, flags)?.cast(),
            len: 0,
            capacity,
            _p: PhantomData,
        })
    }

    /// Makes room for `additional` more elements.
    pub fn reserve(&mut self, additional: usize, flags: Flags) -> Result<(), AllocError> {
        let needed = self.len.checked_add(additional).ok_or(AllocError)?;
        if needed <= self.capacity {
            return Ok(());
        }
        let mut larger = Self::with_capacity(needed.max(self.capacity.saturating_mul(2)), flags)?;
        // SAFETY: The elements are valid by the type invariant, and there is room for them in the
        // other memory, which is not this one.
        unsafe { larger.ptr.copy_from_nonoverlapping(self.ptr, self.len) };
        // INVARIANT: The elements have moved.
        larger.len = core::mem::take(&mut self.len);
        *self = larger;
        Ok(())
    }

    /// Appends an element.
    pub fn push(&mut self, v: T, flags: Flags) -> Result<(), AllocError> {
        self.reserve(1, flags)?;
        // SAFETY: There is room behind the last element.
        unsafe { self.ptr.add(self.len).write(v) };
        // INVARIANT: It was written just now.
        self.len += 1;
        Ok(())
    }

    /// Takes the last element away.
    pub fn pop(&mut self) -> Option<T> {
        self.len = self.len.checked_sub(1)?;
        // SAFETY: It was an element until `len` was reduced, so it is valid, and ours now.
        Some(unsafe { self.ptr.add(self.len).read() })
    }

    /// Appends copies of the elements of `other`.
    pub fn extend_from_slice(&mut self, other: &[T], flags: Flags) -> Result<(), AllocError>
    where
        T: Clone,
    {
        self.reserve(other.len(), flags)?;
        other.iter().try_for_each(|v| self.push(v.clone(), flags))
    }

    /// Drops all elements.
    pub fn clear(&mut self) {
        let elements = core::ptr::from_mut::<[T]>(self);
        // INVARIANT: There are no elements from here on, also if a drop panics.
        self.len = 0;
        // SAFETY: They were elements until `len` was reset, so they are valid, and ours now.
        unsafe { elements.drop_in_place() };
    }

    /// The number of elements that there is memory for.
    pub fn capacity(&self) -> usize {
        self.capacity
    }
}

impl<T> Default for KVec<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for KVec<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        // SAFETY: The elements are valid by the type invariant.
        unsafe { core::slice::from_raw_parts(self.ptr.as_ptr(), self.len) }
    }
}

impl<T> DerefMut for KVec<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: The elements are valid by the type invariant.
        unsafe { core::slice::from_raw_parts_mut(self.ptr.as_ptr(), self.len) }
    }
}

impl<'a, T> IntoIterator for &'a KVec<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for KVec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T> Drop for KVec<T> {
    fn drop(&mut self) {
        self.clear();
        let layout = Layout::array::<T>(self.capacity);
        let layout = layout.expect("the memory was allocated with this layout");
        // SAFETY: The memory came from the allocator with this layout by the type invariant.
        unsafe { Kmalloc::free(self.ptr.cast(), layout) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alloc::flags::GFP_KERNEL;
    use std::rc::Rc;

    #[test]
    fn elements_come_back_in_reverse_order() {
        let mut v = KVec::new();
        for i in 0..100 {
            v.push(i, GFP_KERNEL).expect("nothing fails");
        }
        assert!(v.iter().copied().eq(0..100));
        assert_eq!(v.pop(), Some(99));
        assert_eq!(v.len(), 99);
    }

    #[test]
    fn each_element_is_dropped_once() {
        let counter = Rc::new(());
        let mut v = KVec::with_capacity(1, GFP_KERNEL).expect("nothing fails");
        let copies = [counter.clone(), counter.clone(), counter.clone()];
        v.extend_from_slice(&copies, GFP_KERNEL)
            .expect("nothing fails");
        drop(v.pop());
        assert_eq!(Rc::strong_count(&counter), 6);
        drop(v);
        assert_eq!(Rc::strong_count(&counter), 4);
    }
}
