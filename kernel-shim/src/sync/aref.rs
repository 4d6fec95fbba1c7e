//! [`ARef`]: a counted reference to an object that counts its own references, as C objects do.
//!
//! The counter is in the object, and what counts is up to its type ([`AlwaysRefCounted`]).

use crate::ffi::c_void;
use crate::types::ForeignOwnable;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::Deref;
use core::ptr::NonNull;

/// A type that always lives behind its own reference counter.
///
/// # Safety
///
/// The object stays alive and in place until the last reference is dropped, and every value that
/// safe code can borrow is counted.
pub unsafe trait AlwaysRefCounted {
    /// Takes a reference.
    fn inc_ref(&self);

    /// Drops a reference.
    ///
    /// # Safety
    ///
    /// The caller owns a reference and gives it up; the object may be gone afterwards.
    unsafe fn dec_ref(obj: NonNull<Self>);
}

/// A counted reference.
///
/// # Invariants
///
/// The pointer is valid, and this owns one reference of the object's counter.
pub struct ARef<T: AlwaysRefCounted> {
    ptr: NonNull<T>,
    _p: PhantomData<T>,
}

// SAFETY: Sending an `ARef` shares the object (`Sync`), and may drop it elsewhere (`Send`).
unsafe impl<T: AlwaysRefCounted + Sync + Send> Send for ARef<T> {}

// SAFETY: A shared `ARef` shares the object, and can be cloned into one to be dropped elsewhere.
unsafe impl<T: AlwaysRefCounted + Sync + Send> Sync for ARef<T> {}

// An `ARef` moves without its object.
impl<T: AlwaysRefCounted> Unpin for ARef<T> {}

impl<T: AlwaysRefCounted> ARef<T> {
    /// Takes over a reference.
    ///
    /// # Safety
    ///
    /// `ptr` is valid, and the caller owns one reference and gives it up.
    pub unsafe fn from_raw(ptr: NonNull<T>) -> Self {
        // INVARIANT: The caller guarantees it.
        Self {
            ptr,
            _p: PhantomData,
        }
    }

    /// Gives the reference away.
    pub fn into_raw(me: Self) -> NonNull<T> {
        ManuallyDrop::new(me).ptr
    }
}

impl<T: AlwaysRefCounted> Clone for ARef<T> {
    fn clone(&self) -> Self {
        Self::from(&**self)
    }
}

impl<T: AlwaysRefCounted> Deref for ARef<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: The pointer is valid by the type invariant for as long as the reference is
        // owned.
        unsafe { self.ptr.as_ref() }
    }
}

impl<T: AlwaysRefCounted> From<&T> for ARef<T> {
    fn from(obj: &T) -> Self {
        obj.inc_ref();
        // SAFETY: The reference was taken just now.
        unsafe { Self::from_raw(NonNull::from(obj)) }
    }
}

impl<T: AlwaysRefCounted> Drop for ARef<T> {
    fn drop(&mut self) {
        // SAFETY: This owns a reference by the type invariant, and ends here.
        unsafe { T::dec_ref(self.ptr) };
    }
}

impl<T, U> PartialEq<ARef<U>> for ARef<T>
where
    T: AlwaysRefCounted + PartialEq<U>,
    U: AlwaysRefCounted,
{
    fn eq(&self, other: &ARef<U>) -> bool {
        **self == **other
    }
}

impl<T: AlwaysRefCounted + Eq> Eq for ARef<T> {}

// SAFETY: The pointer is not null, and aligned for its type.
unsafe impl<T: AlwaysRefCounted> ForeignOwnable for ARef<T> {
    const FOREIGN_ALIGN: usize = align_of::<T>();
    type Borrowed<'a>
        = &'a T
    where
        Self: 'a;
    type BorrowedMut<'a>
        = &'a T
    where
        Self: 'a;

    fn into_foreign(self) -> *mut c_void {
        ARef::into_raw(self).as_ptr().cast()
    }

    unsafe fn from_foreign(ptr: *mut c_void) -> Self {
        // SAFETY: The caller guarantees that `ptr` came from `into_foreign`, so it is not null,
        // and carries a reference.
        unsafe { ARef::from_raw(NonNull::new_unchecked(ptr.cast())) }
    }

    unsafe fn borrow<'a>(ptr: *mut c_void) -> &'a T {
        // SAFETY: The caller guarantees that the reference is not taken back during `'a`.
        unsafe { &*ptr.cast() }
    }

    unsafe fn borrow_mut<'a>(ptr: *mut c_void) -> &'a T {
        // SAFETY: The caller guarantees more than a shared borrow needs.
        unsafe { <Self as ForeignOwnable>::borrow(ptr) }
    }
}
