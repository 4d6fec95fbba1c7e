//! Formatting: what [`core::fmt`] has, and the [`fmt!`](crate::prelude::fmt!) macro.
//!
//! Messages go to C as [`Arguments`], which the format `%pA` prints.

pub use core::fmt::{
    Alignment, Arguments, Binary, Debug, DebugList, DebugMap, DebugSet, DebugStruct, DebugTuple,
    Display, Error, Formatter, LowerExp, LowerHex, Octal, Pointer, Result, UpperExp, UpperHex,
    Write,
};

/// Like [`core::format_args!`].
#[macro_export]
macro_rules! fmt_macro {
    ($($args:tt)*) => { ::core::format_args!($($args)*) };
}
