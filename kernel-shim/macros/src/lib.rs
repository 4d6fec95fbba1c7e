//! The procedural macros of the kernel crate.
//!
//! Drivers use `#[vtable]`; the others are parts of macros that initialise in place. Those that need
//! no parsing are `macro_rules!` of the crates that own them.

mod aligned;
mod vtable;

use proc_macro::TokenStream;
use syn::parse_macro_input;

/// Makes a trait a table of methods of which an implementor may leave some out.
///
/// On the trait, it adds a constant `HAS_METHOD: bool` for each method, which says whether the
/// implementor has it, and an associated type `OwnerModule`, the module that the implementor
/// belongs to. On each `impl`, it fills them in; `OwnerModule` becomes `crate::LocalModule`,
/// unless the `impl` defines it.
///
/// ```ignore
/// #[vtable]
/// pub trait Operations {
///     fn open(&self) -> Result {
///         build_error!(VTABLE_DEFAULT_ERROR)
///     }
/// }
///
/// #[vtable]
/// impl Operations for Mine {}
///
/// assert!(!<Mine as Operations>::HAS_OPEN);
/// ```
#[proc_macro_attribute]
pub fn vtable(_attr: TokenStream, input: TokenStream) -> TokenStream {
    vtable::expand(parse_macro_input!(input))
        .unwrap_or_else(|error| error.into_compile_error())
        .into()
}

/// Borrows each field of a struct that `#[pin_data]` is on, so that none of them is misplaced.
#[doc(hidden)]
#[proc_macro]
pub fn aligned_fields(input: TokenStream) -> TokenStream {
    aligned::declaration(input.into())
        .unwrap_or_else(|error| error.into_compile_error())
        .into()
}

/// Calls an initialiser macro, and borrows each field that it mentions.
#[doc(hidden)]
#[proc_macro]
pub fn aligned_initialiser(input: TokenStream) -> TokenStream {
    aligned::initialiser(parse_macro_input!(input)).into()
}
