//! Types that abstractions over C are made of.
//!
//! A place for what C owns ([`Opaque`]), a way for C to own what is ours ([`ForeignOwnable`]), and
//! a mark for what stays on its thread ([`NotThreadSafe`](type@NotThreadSafe)).

use crate::ffi::c_void;
use core::cell::UnsafeCell;
use core::convert::Infallible;
use core::marker::{PhantomData, PhantomPinned};
use core::mem::MaybeUninit;
use pinned_init::{pin_init_from_closure, PinInit, Zeroable};

/// A C object that Rust only has a place for: C may change it at any time, it may not be
/// initialised, and it must not move.
#[repr(transparent)]
pub struct Opaque<T> {
    value: UnsafeCell<MaybeUninit<T>>,
    _pin: PhantomPinned,
}

// SAFETY: The value is a `MaybeUninit`, for which every bit pattern is valid.
unsafe impl<T> Zeroable for Opaque<T> {}

impl<T> Opaque<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self {
            value: UnsafeCell::new(MaybeUninit::new(value)),
            _pin: PhantomPinned,
        }
    }

    /// A place without a value.
    pub const fn uninit() -> Self {
        Self {
            value: UnsafeCell::new(MaybeUninit::uninit()),
            _pin: PhantomPinned,
        }
    }

    /// A place full of zeroes.
    pub const fn zeroed() -> Self {
        Self {
            value: UnsafeCell::new(MaybeUninit::zeroed()),
            _pin: PhantomPinned,
        }
    }

    /// Initialises the object in place, by a C function that cannot fail.
    pub fn ffi_init(init_func: impl FnOnce(*mut T)) -> impl PinInit<Self> {
        Self::try_ffi_init::<Infallible>(move |slot| {
            init_func(slot);
            Ok(())
        })
    }

    /// Initialises the object in place, by a C function that may fail.
    pub fn try_ffi_init<E>(
        init_func: impl FnOnce(*mut T) -> Result<(), E>,
    ) -> impl PinInit<Self, E> {
        // SAFETY: An `Opaque` is initialised whatever its bytes are, so on success nothing is
        // left to do; on failure `Opaque` has nothing to drop. It is pinned, as `init_func` may
        // have told C where it is.
        unsafe { pin_init_from_closure(move |slot| init_func(Self::cast_into(slot))) }
    }

    /// Where the object is.
    pub const fn get(&self) -> *mut T {
        UnsafeCell::get(&self.value).cast()
    }

    /// The pointer to the object in a place that may not be initialised.
    pub const fn cast_into(this: *const Self) -> *mut T {
        UnsafeCell::raw_get(this.cast::<UnsafeCell<MaybeUninit<T>>>()).cast()
    }

    /// The reverse of [`Opaque::cast_into`].
    pub const fn cast_from(this: *const T) -> *const Self {
        this.cast()
    }
}

/// Makes the type that has it as a field neither `Send` nor `Sync`.
pub type NotThreadSafe = PhantomData<*mut ()>;

/// The value of the type of the same name.
#[expect(
    non_upper_case_globals,
    reason = "It reads as the constructor of the type."
)]
pub const NotThreadSafe: NotThreadSafe = PhantomData;

/// A pointer-like type that C can keep for us.
///
/// # Safety
///
/// [`ForeignOwnable::into_foreign`] returns a pointer that is not null and a multiple of
/// [`ForeignOwnable::FOREIGN_ALIGN`].
pub unsafe trait ForeignOwnable: Sized {
    /// The alignment of the pointer that C keeps.
    const FOREIGN_ALIGN: usize;

    /// What [`ForeignOwnable::borrow`] returns.
    type Borrowed<'a>
    where
        Self: 'a;

    /// What [`ForeignOwnable::borrow_mut`] returns.
    type BorrowedMut<'a>
    where
        Self: 'a;

    /// Hands the value over to C.
    fn into_foreign(self) -> *mut c_void;

    /// Takes the value back.
    ///
    /// # Safety
    ///
    /// `ptr` came from [`ForeignOwnable::into_foreign`] of this type, was not taken back since,
    /// and no borrow of it is in use.
    unsafe fn from_foreign(ptr: *mut c_void) -> Self;

    /// Takes the value back, unless there is none.
    ///
    /// # Safety
    ///
    /// `ptr` is null, or as [`ForeignOwnable::from_foreign`] asks.
    unsafe fn try_from_foreign(ptr: *mut c_void) -> Option<Self> {
        if ptr.is_null() {
            return None;
        }
        // SAFETY: `ptr` is not null, so the caller guarantees the rest.
        Some(unsafe { Self::from_foreign(ptr) })
    }

    /// Looks at a value that C has.
    ///
    /// # Safety
    ///
    /// `ptr` came from [`ForeignOwnable::into_foreign`] of this type, and the value is neither
    /// taken back nor mutably borrowed during `'a`.
    unsafe fn borrow<'a>(ptr: *mut c_void) -> Self::Borrowed<'a>;

    /// Looks at a value that C has, to change it.
    ///
    /// # Safety
    ///
    /// As for [`ForeignOwnable::borrow`], and there is no other borrow during `'a`.
    unsafe fn borrow_mut<'a>(ptr: *mut c_void) -> Self::BorrowedMut<'a>;
}

// SAFETY: A dangling pointer is not null, and any pointer is a multiple of one.
unsafe impl ForeignOwnable for () {
    const FOREIGN_ALIGN: usize = 1;
    type Borrowed<'a> = ();
    type BorrowedMut<'a> = ();

    fn into_foreign(self) -> *mut c_void {
        core::ptr::dangling_mut()
    }

    unsafe fn from_foreign(_: *mut c_void) -> Self {}

    unsafe fn borrow<'a>(_: *mut c_void) -> Self::Borrowed<'a> {}

    unsafe fn borrow_mut<'a>(_: *mut c_void) -> Self::BorrowedMut<'a> {}
}
