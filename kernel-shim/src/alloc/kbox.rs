//! [`KBox`]: an owned value in `kmalloc` memory.
//!
//! The one owner of memory that is shared with C: it can be given away as a pointer and taken back.

use super::flags::__GFP_ZERO;
use super::{AllocError, Flags, Kmalloc};
use crate::ffi::c_void;
use crate::fmt;
use crate::init::InPlaceInit;
use crate::types::ForeignOwnable;
use core::alloc::Layout;
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, MaybeUninit};
use core::ops::{Deref, DerefMut};
use core::pin::Pin;
use core::ptr::NonNull;
use pinned_init::{InPlaceWrite, Init, PinInit, Zeroable};

/// An owned value in `kmalloc` memory.
///
/// # Invariants
///
/// The pointer came from the allocator with the layout of the value (so it dangles when the
/// value has no size), points to a valid value, and nothing else owns either.
pub struct KBox<T: ?Sized>(NonNull<T>, PhantomData<T>);

// SAFETY: A `KBox` owns its value and nothing else.
unsafe impl<T: Send + ?Sized> Send for KBox<T> {}

// SAFETY: A shared `KBox` gives shared access to its value and nothing else.
unsafe impl<T: Sync + ?Sized> Sync for KBox<T> {}

// A box moves without its value.
impl<T: ?Sized> Unpin for KBox<T> {}

impl<T> KBox<T> {
    /// Moves `x` into new memory.
    pub fn new(x: T, flags: Flags) -> Result<Self, AllocError> {
        Ok(KBox::new_uninit(flags)?.write(x))
    }

    /// Like [`KBox::new`], pinned.
    pub fn pin(x: T, flags: Flags) -> Result<Pin<Self>, AllocError> {
        Ok(Self::new(x, flags)?.into())
    }

    /// Allocates memory for a value.
    pub fn new_uninit(flags: Flags) -> Result<KBox<MaybeUninit<T>>, AllocError> {
        let ptr = Kmalloc::alloc(Layout::new::<T>(), flags)?;
        // INVARIANT: The memory is new and large enough, and a `MaybeUninit` is always valid.
        Ok(KBox(ptr.cast(), PhantomData))
    }

    /// Allocates a value of zeroes.
    pub fn zeroed(flags: Flags) -> Result<Self, AllocError>
    where
        T: Zeroable,
    {
        let b = KBox::new_uninit(flags | __GFP_ZERO)?;
        // SAFETY: The memory is zeroed, which `Zeroable` says is a value.
        Ok(unsafe { b.assume_init() })
    }

    /// Moves the value out and frees the memory.
    pub fn into_inner(b: Self) -> T {
        let raw = Self::into_raw(b);
        // SAFETY: The value is valid by the type invariant, and never used in this place again.
        let value = unsafe { raw.read() };
        // SAFETY: The memory is a box's by the type invariant; the value has been moved out, and
        // a `MaybeUninit` does not drop it again.
        drop(unsafe { KBox::<MaybeUninit<T>>::from_raw(raw.cast()) });
        value
    }
}

impl<T: ?Sized> KBox<T> {
    /// Takes over what [`KBox::into_raw`] gave away.
    ///
    /// # Safety
    ///
    /// `raw` came from [`KBox::into_raw`] of a box of the same layout, points to a valid value,
    /// and nothing else owns it.
    pub const unsafe fn from_raw(raw: *mut T) -> Self {
        // INVARIANT: The caller guarantees it.
        // SAFETY: `into_raw` never returns a null pointer.
        Self(unsafe { NonNull::new_unchecked(raw) }, PhantomData)
    }

    /// Gives the value and its memory away.
    pub fn into_raw(b: Self) -> *mut T {
        ManuallyDrop::new(b).0.as_ptr()
    }

    /// Gives the memory away for good.
    pub fn leak<'a>(b: Self) -> &'a mut T
    where
        T: 'a,
    {
        // SAFETY: The value is valid by the type invariant, and nobody else can reach it now.
        unsafe { &mut *Self::into_raw(b) }
    }

    /// Pins the value where it is.
    pub fn into_pin(this: Self) -> Pin<Self> {
        this.into()
    }
}

impl<T> KBox<MaybeUninit<T>> {
    /// Declares the value initialised.
    ///
    /// # Safety
    ///
    /// It is.
    pub unsafe fn assume_init(self) -> KBox<T> {
        // SAFETY: The memory is a box's by the type invariant, `MaybeUninit` has the layout of
        // its contents, and the caller guarantees that they are valid.
        unsafe { KBox::from_raw(KBox::into_raw(self).cast()) }
    }

    /// Initialises the value.
    pub fn write(mut self, value: T) -> KBox<T> {
        (*self).write(value);
        // SAFETY: It was written just now.
        unsafe { self.assume_init() }
    }
}

impl<T> InPlaceWrite<T> for KBox<MaybeUninit<T>> {
    type Initialized = KBox<T>;

    fn write_init<E>(mut self, init: impl Init<T, E>) -> Result<KBox<T>, E> {
        // SAFETY: The slot is valid for writes, and on failure it is freed without a drop.
        unsafe { init.__init(self.as_mut_ptr())? };
        // SAFETY: The initialiser succeeded.
        Ok(unsafe { self.assume_init() })
    }

    fn write_pin_init<E>(mut self, init: impl PinInit<T, E>) -> Result<Pin<KBox<T>>, E> {
        // SAFETY: As above, and the value never moves again: the box is pinned below.
        unsafe { init.__pinned_init(self.as_mut_ptr())? };
        // SAFETY: The initialiser succeeded.
        Ok(unsafe { self.assume_init() }.into())
    }
}

impl<T> InPlaceInit<T> for KBox<T> {
    type PinnedSelf = Pin<Self>;

    fn try_pin_init<E>(init: impl PinInit<T, E>, flags: Flags) -> Result<Pin<Self>, E>
    where
        E: From<AllocError>,
    {
        KBox::new_uninit(flags)?.write_pin_init(init)
    }

    fn try_init<E>(init: impl Init<T, E>, flags: Flags) -> Result<Self, E>
    where
        E: From<AllocError>,
    {
        KBox::new_uninit(flags)?.write_init(init)
    }
}

impl<T: ?Sized> From<KBox<T>> for Pin<KBox<T>> {
    fn from(b: KBox<T>) -> Self {
        // SAFETY: The value stays in its own memory until it is dropped, and a pinned box gives
        // no way to move it out.
        unsafe { Pin::new_unchecked(b) }
    }
}

// SAFETY: The pointer of a box is not null, and aligned for its type.
unsafe impl<T> ForeignOwnable for KBox<T> {
    const FOREIGN_ALIGN: usize = align_of::<T>();
    type Borrowed<'a>
        = &'a T
    where
        Self: 'a;
    type BorrowedMut<'a>
        = &'a mut T
    where
        Self: 'a;

    fn into_foreign(self) -> *mut c_void {
        KBox::into_raw(self).cast()
    }

    unsafe fn from_foreign(ptr: *mut c_void) -> Self {
        // SAFETY: The caller guarantees that `ptr` came from `into_foreign`, once.
        unsafe { KBox::from_raw(ptr.cast()) }
    }

    unsafe fn borrow<'a>(ptr: *mut c_void) -> &'a T {
        // SAFETY: The caller guarantees that the value lives for `'a` and is not written to.
        unsafe { &*ptr.cast() }
    }

    unsafe fn borrow_mut<'a>(ptr: *mut c_void) -> &'a mut T {
        // SAFETY: The caller guarantees that the value lives for `'a` and nobody else uses it.
        unsafe { &mut *ptr.cast() }
    }
}

// SAFETY: As for `KBox`.
unsafe impl<T> ForeignOwnable for Pin<KBox<T>> {
    const FOREIGN_ALIGN: usize = align_of::<T>();
    type Borrowed<'a>
        = Pin<&'a T>
    where
        Self: 'a;
    type BorrowedMut<'a>
        = Pin<&'a mut T>
    where
        Self: 'a;

    fn into_foreign(self) -> *mut c_void {
        // SAFETY: Whoever has the pointer can only get at the value through the functions below,
        // which pin it again.
        unsafe { Pin::into_inner_unchecked(self) }.into_foreign()
    }

    unsafe fn from_foreign(ptr: *mut c_void) -> Self {
        // SAFETY: The caller guarantees that `ptr` came from `into_foreign`, once.
        unsafe { KBox::<T>::from_raw(ptr.cast()) }.into()
    }

    unsafe fn borrow<'a>(ptr: *mut c_void) -> Pin<&'a T> {
        // SAFETY: The caller guarantees the borrow, and the value was pinned.
        unsafe { Pin::new_unchecked(&*ptr.cast()) }
    }

    unsafe fn borrow_mut<'a>(ptr: *mut c_void) -> Pin<&'a mut T> {
        // SAFETY: The caller guarantees the borrow, and the value was pinned.
        unsafe { Pin::new_unchecked(&mut *ptr.cast()) }
    }
}

impl<T: ?Sized> Deref for KBox<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: The value is valid by the type invariant, and borrowed as the box is.
        unsafe { self.0.as_ref() }
    }
}

impl<T: ?Sized> DerefMut for KBox<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: The value is valid by the type invariant, and borrowed as the box is.
        unsafe { self.0.as_mut() }
    }
}

impl<T: fmt::Debug + ?Sized> fmt::Debug for KBox<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: fmt::Display + ?Sized> fmt::Display for KBox<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized> Drop for KBox<T> {
    fn drop(&mut self) {
        let layout = Layout::for_value::<T>(self);
        // SAFETY: The value is valid by the type invariant and never used again.
        unsafe { self.0.drop_in_place() };
        // SAFETY: The memory came from the allocator with this layout by the type invariant.
        unsafe { Kmalloc::free(self.0.cast(), layout) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alloc::flags::GFP_KERNEL;
    use crate::error::code::EBUSY;
    use crate::error::Error;
    use std::rc::Rc;

    #[test]
    fn a_value_is_dropped_once() {
        let counter = Rc::new(());
        let b = KBox::new(counter.clone(), GFP_KERNEL).expect("nothing fails");
        let raw = KBox::pin(counter.clone(), GFP_KERNEL)
            .expect("nothing fails")
            .into_foreign();
        let moved = KBox::into_inner(b);
        assert_eq!(Rc::strong_count(&counter), 3);
        drop(moved);
        // SAFETY: The pointer came from `into_foreign` of this type.
        drop(unsafe { Pin::<KBox<Rc<()>>>::from_foreign(raw) });
        assert_eq!(Rc::strong_count(&counter), 1);
    }

    #[test]
    fn a_failing_initialiser_drops_nothing() {
        let result = KBox::<Rc<()>>::try_pin_init(Err::<_, Error>(EBUSY), GFP_KERNEL);
        assert_eq!(result.err(), Some(EBUSY));
    }

    #[test]
    fn alignments_are_kept() {
        #[repr(align(64))]
        struct Aligned(u8);
        let b = KBox::new(Aligned(1), GFP_KERNEL).expect("nothing fails");
        assert!(core::ptr::from_ref(&*b).is_aligned());
        assert_eq!(KBox::into_inner(b).0, 1);
    }
}
