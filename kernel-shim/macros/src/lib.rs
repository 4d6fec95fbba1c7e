//! The procedural macros of the kernel crate that drivers use.
