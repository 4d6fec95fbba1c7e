//! Pages of memory.
//!
//! Arithmetic only: nothing here allocates pages.

/// Binary logarithm of [`PAGE_SIZE`].
pub const PAGE_SHIFT: usize = bindings::PAGE_SIZE.trailing_zeros() as usize;
/// Size of a page, in bytes.
pub const PAGE_SIZE: usize = bindings::PAGE_SIZE;
/// The bits of an address that name the page.
pub const PAGE_MASK: usize = !(PAGE_SIZE - 1);

/// Rounds up to a multiple of [`PAGE_SIZE`]; `None` if that does not fit.
pub const fn page_align(addr: usize) -> Option<usize> {
    match addr.checked_add(PAGE_SIZE - 1) {
        Some(sum) => Some(sum & PAGE_MASK),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up_to_pages() {
        assert_eq!(page_align(0), Some(0));
        assert_eq!(page_align(1), Some(PAGE_SIZE));
        assert_eq!(page_align(PAGE_SIZE), Some(PAGE_SIZE));
        assert_eq!(page_align(usize::MAX), None);
    }
}
