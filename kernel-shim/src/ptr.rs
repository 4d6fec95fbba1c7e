//! Pointers: from a field to what contains it.
//!
//! C structs are embedded in Rust ones; callbacks get the inner pointer and need the outer one.

/// The pointer to the `$Container` whose field `$field` is what `$ptr` points to.
///
/// # Safety
///
/// Must be used where `unsafe` operations are allowed: `$ptr` points to that field of a
/// `$Container`, within the same allocation.
#[macro_export]
macro_rules! container_of {
    ($ptr:expr, $Container:ty, $($field:tt)+) => {{
        let field = $ptr;
        let container = field
            .byte_sub(::core::mem::offset_of!($Container, $($field)+))
            .cast::<$Container>();
        $crate::ptr::assert_same_type(field, (&raw const (*container).$($field)+).cast_mut());
        container
    }};
}

/// Compiles if both pointers have the same type.
#[doc(hidden)]
pub fn assert_same_type<T>(_: T, _: T) {}

#[cfg(test)]
mod tests {
    struct Outer {
        _first: u64,
        second: u32,
    }

    #[test]
    fn the_container_of_a_field_is_found() {
        let mut outer = Outer {
            _first: 1,
            second: 2,
        };
        let field = &raw mut outer.second;
        // SAFETY: `field` points to the field `second` of `outer`.
        let found = unsafe { crate::container_of!(field, Outer, second) };
        assert!(core::ptr::eq(found, &outer));
    }
}
