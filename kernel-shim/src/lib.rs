//! The thin part of the kernel crate that `drm` and drivers need.
