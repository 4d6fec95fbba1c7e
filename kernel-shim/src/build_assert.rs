//! Assertions about what is known at compile time.
//!
//! The kernel proves some of them by the optimiser, which it can since it always optimises; those
//! are checked at run time here.

#[doc(inline)]
pub use crate::{build_assert_macro as build_assert, build_error, const_assert, static_assert};

/// Asserts a constant condition, where items are allowed.
#[macro_export]
macro_rules! static_assert {
    ($condition:expr $(, $arg:literal)?) => {
        const _: () = ::core::assert!($condition $(, $arg)?);
    };
}

/// Asserts a constant condition that may depend on generic parameters.
#[macro_export]
macro_rules! const_assert {
    ($condition:expr $(, $arg:literal)?) => {
        const { ::core::assert!($condition $(, $arg)?) }
    };
}

/// Asserts a condition that the kernel's optimiser must be able to prove; checked at run time here.
#[macro_export]
macro_rules! build_assert_macro {
    ($cond:expr $(, $msg:expr)? $(,)?) => {
        ::core::assert!($cond $(, "{}", $msg)?)
    };
}

/// Code that the kernel's optimiser must be able to prove dead; a panic here.
#[macro_export]
macro_rules! build_error {
    ($($msg:expr)?) => {
        ::core::unreachable!($("{}", $msg)?)
    };
}
