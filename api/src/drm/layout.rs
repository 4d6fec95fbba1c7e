//! The layout of a device, which must not depend on what is known about it.
//!
//! References change their context by a pointer cast, so every context must put every field at the
//! same place. This is checked for each driver whose devices are made, when it is compiled.

use super::context;
use super::device::{Device, DeviceContext};
use crate::drm;
use core::mem::offset_of;

/// Where the parts of a device lie, in bytes.
#[derive(Clone, Copy)]
pub(super) struct DeviceLayout {
    pub(super) size: usize,
    pub(super) align: usize,
    pub(super) dev: usize,
    pub(super) data: usize,
    pub(super) registration_data: usize,
}

impl DeviceLayout {
    pub(super) const fn of<T: drm::Driver, C: DeviceContext>() -> Self {
        Self {
            size: size_of::<Device<T, C>>(),
            align: align_of::<Device<T, C>>(),
            dev: offset_of!(Device<T, C>, dev),
            data: offset_of!(Device<T, C>, data),
            registration_data: offset_of!(Device<T, C>, registration_data),
        }
    }

    const fn equals(self, other: Self) -> bool {
        self.size == other.size
            && self.align == other.align
            && self.dev == other.dev
            && self.data == other.data
            && self.registration_data == other.registration_data
    }
}

/// Fails to compile unless every two contexts agree on the layout of a device of `T`.
pub(super) const fn assert_same_in_every_context<T: drm::Driver>() {
    let layouts = context::layouts::<T>();

    let mut from = 0;
    while from < layouts.len() {
        let mut to = 0;
        while to < layouts.len() {
            assert!(
                layouts[from].1.equals(layouts[to].1),
                "claim context-keeps-layout: two contexts of a device differ in layout",
            );
            to += 1;
        }
        from += 1;
    }
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
