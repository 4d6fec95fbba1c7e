//! Initialisation in place: `pinned-init` with the kernel's error type and allocations.
//!
//! The names are those of the kernel, whose macros assume [`Error`] where no error is named, and
//! refuse structs whose fields are misplaced by `repr(packed)`.

use crate::alloc::{AllocError, Flags};
use crate::error::{self, Error};
use core::ptr::NonNull;
use pinned_init::{init_from_closure, pin_init_from_closure, Init, PinInit};

/// Smart pointers that can initialise their contents in place.
pub trait InPlaceInit<T>: Sized {
    /// The pinned version of `Self`; the same type if it always pins.
    type PinnedSelf;

    /// Allocates, and runs the pin-initialiser in the new place.
    fn try_pin_init<E>(init: impl PinInit<T, E>, flags: Flags) -> Result<Self::PinnedSelf, E>
    where
        E: From<AllocError>;

    /// Like [`InPlaceInit::try_pin_init`], for initialisers whose error becomes an [`Error`].
    fn pin_init<E>(init: impl PinInit<T, E>, flags: Flags) -> error::Result<Self::PinnedSelf>
    where
        Error: From<E>,
    {
        // SAFETY: `init` keeps the contract of an initialiser; only its error is converted.
        let init =
            unsafe { pin_init_from_closure(|slot| init.__pinned_init(slot).map_err(Error::from)) };
        Self::try_pin_init(init, flags)
    }

    /// Allocates, and runs the initialiser in the new place.
    fn try_init<E>(init: impl Init<T, E>, flags: Flags) -> Result<Self, E>
    where
        E: From<AllocError>;

    /// Like [`InPlaceInit::try_init`], for initialisers whose error becomes an [`Error`].
    fn init<E>(init: impl Init<T, E>, flags: Flags) -> error::Result<Self>
    where
        Error: From<E>,
    {
        // SAFETY: `init` keeps the contract of an initialiser; only its error is converted.
        let init = unsafe { init_from_closure(|slot| init.__init(slot).map_err(Error::from)) };
        Self::try_init(init, flags)
    }
}

/// An infallible pin-initialiser for a struct, or a fallible one with `? Error` behind the braces.
///
/// See [`pinned_init::pin_init!`].
#[macro_export]
macro_rules! pin_init {
    ($(&$this:ident in)? $t:ident $(::<$($generics:ty),* $(,)?>)? {
        $($fields:tt)*
    }) => {
        $crate::__macros::aligned_initialiser!(
            { $crate::__pinned_init::pin_init } { $crate::init::fields_are_aligned }
            { $($this)? } { $t $(::<$($generics),*>)? } { $($fields)* } {}
        )
    };
    ($(&$this:ident in)? $t:ident $(::<$($generics:ty),* $(,)?>)? {
        $($fields:tt)*
    } ? $err:ty) => {
        $crate::__macros::aligned_initialiser!(
            { $crate::__pinned_init::try_pin_init } { $crate::init::fields_are_aligned }
            { $($this)? } { $t $(::<$($generics),*>)? } { $($fields)* } { ? $err }
        )
    };
}

/// A fallible pin-initialiser for a struct; it fails with an [`Error`] if no type is named.
///
/// See [`pinned_init::try_pin_init!`].
#[macro_export]
macro_rules! try_pin_init {
    ($(&$this:ident in)? $t:ident $(::<$($generics:ty),* $(,)?>)? {
        $($fields:tt)*
    } $(? $err:ty)?) => {
        $crate::__macros::aligned_initialiser!(
            { $crate::__pinned_init::try_pin_init } { $crate::init::fields_are_aligned }
            { $($this)? } { $t $(::<$($generics),*>)? } { $($fields)* }
            { ? $crate::__error_type!($($err)?) }
        )
    };
}

/// An infallible initialiser for a struct, or a fallible one with `? Error` behind the braces.
///
/// See [`pinned_init::init!`].
#[macro_export]
macro_rules! init_macro {
    ($(&$this:ident in)? $t:ident $(::<$($generics:ty),* $(,)?>)? {
        $($fields:tt)*
    }) => {
        $crate::__macros::aligned_initialiser!(
            { $crate::__pinned_init::init } { $crate::init::fields_are_aligned }
            { $($this)? } { $t $(::<$($generics),*>)? } { $($fields)* } {}
        )
    };
    ($(&$this:ident in)? $t:ident $(::<$($generics:ty),* $(,)?>)? {
        $($fields:tt)*
    } ? $err:ty) => {
        $crate::__macros::aligned_initialiser!(
            { $crate::__pinned_init::try_init } { $crate::init::fields_are_aligned }
            { $($this)? } { $t $(::<$($generics),*>)? } { $($fields)* } { ? $err }
        )
    };
}

/// A fallible initialiser for a struct; it fails with an [`Error`] if no type is named.
///
/// See [`pinned_init::try_init!`].
#[macro_export]
macro_rules! try_init {
    ($(&$this:ident in)? $t:ident $(::<$($generics:ty),* $(,)?>)? {
        $($fields:tt)*
    } $(? $err:ty)?) => {
        $crate::__macros::aligned_initialiser!(
            { $crate::__pinned_init::try_init } { $crate::init::fields_are_aligned }
            { $($this)? } { $t $(::<$($generics),*>)? } { $($fields)* }
            { ? $crate::__error_type!($($err)?) }
        )
    };
}

/// Declares a struct that `#[pin_data]` is on, unless a field of it is misplaced.
///
/// That attribute expands to a call of the macro of this name in the crate `pinned_init`, which is
/// this one for drivers.
#[doc(hidden)]
#[macro_export]
macro_rules! __pin_data {
    (parse_input: $($input:tt)*) => {
        $crate::__pinned_init::__pin_data!(parse_input: $($input)*);
        $crate::__macros::aligned_fields!($($input)*);
    };
}

/// Does nothing: that `borrows` compiles shows that the fields of `T` are aligned.
#[doc(hidden)]
pub fn fields_are_aligned<T>(_this: NonNull<T>, _borrows: fn(&T)) {}

/// The given type, or [`Error`].
#[doc(hidden)]
#[macro_export]
macro_rules! __error_type {
    () => {
        $crate::error::Error
    };
    ($err:ty) => {
        $err
    };
}
