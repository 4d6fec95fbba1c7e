//! Initialisation in place: `pinned-init` with the kernel's error type and allocations.
//!
//! The names are those of the kernel, whose macros assume [`Error`] where no error is named.

use crate::alloc::{AllocError, Flags};
use crate::error::{self, Error};
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
        $crate::__pinned_init::pin_init!($(&$this in)? $t $(::<$($generics),*>)? {
            $($fields)*
        })
    };
    ($(&$this:ident in)? $t:ident $(::<$($generics:ty),* $(,)?>)? {
        $($fields:tt)*
    } ? $err:ty) => {
        $crate::__pinned_init::try_pin_init!($(&$this in)? $t $(::<$($generics),*>)? {
            $($fields)*
        } ? $err)
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
        $crate::__pinned_init::try_pin_init!($(&$this in)? $t $(::<$($generics),*>)? {
            $($fields)*
        } ? $crate::__error_type!($($err)?))
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
        $crate::__pinned_init::init!($(&$this in)? $t $(::<$($generics),*>)? {
            $($fields)*
        })
    };
    ($(&$this:ident in)? $t:ident $(::<$($generics:ty),* $(,)?>)? {
        $($fields:tt)*
    } ? $err:ty) => {
        $crate::__pinned_init::try_init!($(&$this in)? $t $(::<$($generics),*>)? {
            $($fields)*
        } ? $err)
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
        $crate::__pinned_init::try_init!($(&$this in)? $t $(::<$($generics),*>)? {
            $($fields)*
        } ? $crate::__error_type!($($err)?))
    };
}

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
