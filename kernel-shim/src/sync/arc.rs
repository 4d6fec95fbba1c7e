//! [`Arc`]: a counted reference to a value that Rust owns.
//!
//! The count lies beside the value; an object that counts itself is for
//! [`ARef`](super::aref::ARef).

use crate::alloc::{AllocError, Flags, KBox};
use crate::ffi::c_void;
use crate::fmt;
use crate::init::InPlaceInit;
use crate::types::ForeignOwnable;
use core::marker::PhantomData;
use core::mem::{offset_of, ManuallyDrop};
use core::ops::Deref;
use core::pin::Pin;
use core::ptr::NonNull;
use core::sync::atomic::{fence, AtomicUsize, Ordering};
use pinned_init::{init_from_closure, pin_init_from_closure, Init, PinInit};

/// A counted reference to a value, which is pinned by it.
///
/// # Invariants
///
/// The pointer is that of a `KBox<Inner<T>>` that the references own together, and this owns one
/// unit of the counter.
pub struct Arc<T> {
    ptr: NonNull<Inner<T>>,
    _p: PhantomData<Inner<T>>,
}

/// The counter and the value.
#[repr(C)]
struct Inner<T> {
    /// Cannot overflow: nobody has memory, or time, for so many references.
    refcount: AtomicUsize,
    data: T,
}

// SAFETY: Sending an `Arc` shares the value (`Sync`), and may drop it elsewhere (`Send`).
unsafe impl<T: Sync + Send> Send for Arc<T> {}

// SAFETY: A shared `Arc` shares the value, and can be cloned into one to be dropped elsewhere.
unsafe impl<T: Sync + Send> Sync for Arc<T> {}

// A reference moves without its value.
impl<T> Unpin for Arc<T> {}

impl<T> Arc<T> {
    /// Moves a value into new memory.
    pub fn new(contents: T, flags: Flags) -> Result<Self, AllocError> {
        let inner = Inner {
            refcount: AtomicUsize::new(1),
            data: contents,
        };
        Ok(Self::from_box(KBox::new(inner, flags)?))
    }

    /// Gives the reference away, as a pointer to the value.
    pub fn into_raw(self) -> *const T {
        Self::as_ptr(&ManuallyDrop::new(self))
    }

    /// The pointer to the value.
    pub fn as_ptr(this: &Self) -> *const T {
        // SAFETY: The pointer is valid by the type invariant.
        unsafe { &raw const (*this.ptr.as_ptr()).data }
    }

    /// Takes over what [`Arc::into_raw`] gave away.
    ///
    /// # Safety
    ///
    /// `ptr` came from [`Arc::into_raw`] or [`Arc::as_ptr`], and the caller owns a reference and
    /// gives it up.
    pub unsafe fn from_raw(ptr: *const T) -> Self {
        // SAFETY: The value lies in an `Inner`, as the caller guarantees.
        let inner = unsafe { ptr.byte_sub(offset_of!(Inner<T>, data)) };
        // INVARIANT: The caller guarantees it.
        Self {
            // SAFETY: It is the pointer of a box.
            ptr: unsafe { NonNull::new_unchecked(inner.cast_mut().cast()) },
            _p: PhantomData,
        }
    }

    /// Borrows the reference; cheaper to pass on than `&Arc`.
    pub fn as_arc_borrow(&self) -> ArcBorrow<'_, T> {
        ArcBorrow {
            ptr: self.ptr,
            _p: PhantomData,
        }
    }

    /// Whether both refer to the same value.
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        this.ptr == other.ptr
    }

    fn from_box(inner: KBox<Inner<T>>) -> Self {
        // INVARIANT: The counter of a new value is one, and this owns that.
        Self {
            ptr: NonNull::from(KBox::leak(inner)),
            _p: PhantomData,
        }
    }

    fn inner(&self) -> &Inner<T> {
        // SAFETY: The pointer is valid by the type invariant for as long as this lives.
        unsafe { self.ptr.as_ref() }
    }
}

impl<T> InPlaceInit<T> for Arc<T> {
    type PinnedSelf = Self;

    fn try_pin_init<E>(init: impl PinInit<T, E>, flags: Flags) -> Result<Self, E>
    where
        E: From<AllocError>,
    {
        let init = |slot: *mut Inner<T>| {
            // SAFETY: The slot is valid for writes, and pinned.
            unsafe { init.__pinned_init(&raw mut (*slot).data) }?;
            // SAFETY: The slot is valid for writes.
            unsafe { (&raw mut (*slot).refcount).write(AtomicUsize::new(1)) };
            Ok(())
        };
        // SAFETY: On success both fields are initialised; on failure neither is.
        let init = unsafe { pin_init_from_closure::<_, E>(init) };
        let inner = KBox::try_pin_init(init, flags)?;
        // SAFETY: An `Arc` gives no way to move its value either.
        Ok(Self::from_box(unsafe { Pin::into_inner_unchecked(inner) }))
    }

    fn try_init<E>(init: impl Init<T, E>, flags: Flags) -> Result<Self, E>
    where
        E: From<AllocError>,
    {
        let init = |slot: *mut Inner<T>| {
            // SAFETY: The slot is valid for writes.
            unsafe { init.__init(&raw mut (*slot).data) }?;
            // SAFETY: The slot is valid for writes.
            unsafe { (&raw mut (*slot).refcount).write(AtomicUsize::new(1)) };
            Ok(())
        };
        // SAFETY: On success both fields are initialised; on failure neither is.
        let init = unsafe { init_from_closure::<_, E>(init) };
        let inner = KBox::try_init(init, flags)?;
        Ok(Self::from_box(inner))
    }
}

impl<T> Clone for Arc<T> {
    fn clone(&self) -> Self {
        self.inner().refcount.fetch_add(1, Ordering::Relaxed);
        // INVARIANT: The unit that was added is the new reference's.
        Self {
            ptr: self.ptr,
            _p: PhantomData,
        }
    }
}

impl<T> Drop for Arc<T> {
    fn drop(&mut self) {
        if self.inner().refcount.fetch_sub(1, Ordering::Release) == 1 {
            // What the other owners did before they let go comes before the drop.
            fence(Ordering::Acquire);
            // SAFETY: This was the last reference, so by the type invariant the box is nobody
            // else's.
            drop(unsafe { KBox::from_raw(self.ptr.as_ptr()) });
        }
    }
}

impl<T> Deref for Arc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner().data
    }
}

impl<T> AsRef<T> for Arc<T> {
    fn as_ref(&self) -> &T {
        self
    }
}

impl<T: fmt::Debug> fmt::Debug for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

// SAFETY: The pointer is not null, and aligned for its type.
unsafe impl<T: 'static> ForeignOwnable for Arc<T> {
    const FOREIGN_ALIGN: usize = align_of::<T>();
    type Borrowed<'a> = ArcBorrow<'a, T>;
    type BorrowedMut<'a> = ArcBorrow<'a, T>;

    fn into_foreign(self) -> *mut c_void {
        self.into_raw().cast_mut().cast()
    }

    unsafe fn from_foreign(ptr: *mut c_void) -> Self {
        // SAFETY: The caller guarantees that `ptr` came from `into_foreign`, once.
        unsafe { Arc::from_raw(ptr.cast()) }
    }

    unsafe fn borrow<'a>(ptr: *mut c_void) -> ArcBorrow<'a, T> {
        // SAFETY: The caller guarantees that the reference is not taken back during `'a`, and
        // `ManuallyDrop` keeps this from giving it up.
        let arc = ManuallyDrop::new(unsafe { Arc::<T>::from_raw(ptr.cast()) });
        ArcBorrow {
            ptr: arc.ptr,
            _p: PhantomData,
        }
    }

    unsafe fn borrow_mut<'a>(ptr: *mut c_void) -> ArcBorrow<'a, T> {
        // SAFETY: The caller guarantees more than a shared borrow needs.
        unsafe { <Self as ForeignOwnable>::borrow(ptr) }
    }
}

/// A borrowed [`Arc`].
///
/// # Invariants
///
/// An `Arc` of the same pointer is borrowed for `'a`.
pub struct ArcBorrow<'a, T> {
    ptr: NonNull<Inner<T>>,
    _p: PhantomData<&'a Arc<T>>,
}

// SAFETY: It is a shared reference to an `Arc`.
unsafe impl<T: Sync + Send> Send for ArcBorrow<'_, T> {}

// SAFETY: It is a shared reference to an `Arc`.
unsafe impl<T: Sync + Send> Sync for ArcBorrow<'_, T> {}

impl<T> Clone for ArcBorrow<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ArcBorrow<'_, T> {}

impl<T> From<ArcBorrow<'_, T>> for Arc<T> {
    fn from(b: ArcBorrow<'_, T>) -> Self {
        let arc = ManuallyDrop::new(Arc {
            ptr: b.ptr,
            _p: PhantomData,
        });
        (*arc).clone()
    }
}

impl<T> Deref for ArcBorrow<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: An `Arc` is borrowed by the type invariant, so the value is valid.
        unsafe { &self.ptr.as_ref().data }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alloc::flags::GFP_KERNEL;
    use std::rc::Rc;

    #[test]
    fn the_last_reference_drops_the_value() {
        let counter = Rc::new(());
        let arc = Arc::new(counter.clone(), GFP_KERNEL).expect("nothing fails");
        let other: Arc<_> = arc.as_arc_borrow().into();
        assert!(Arc::ptr_eq(&arc, &other));
        drop(arc);
        assert_eq!(Rc::strong_count(&counter), 2);
        // SAFETY: The reference is given away, and taken back once.
        drop(unsafe { Arc::from_raw(other.into_raw()) });
        assert_eq!(Rc::strong_count(&counter), 1);
    }
}
