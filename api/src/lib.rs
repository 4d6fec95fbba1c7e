//! The kernel crate as drivers see it.
