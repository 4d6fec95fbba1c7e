//! The device tree: which nodes a driver serves.
//!
//! C header: `include/linux/mod_devicetable.h`. The nodes themselves are not here.

use crate::device_id::RawDeviceId;
use crate::str::CStr;
use core::mem::offset_of;

/// A table of the nodes that a driver serves.
pub type IdTable<T> = &'static dyn crate::device_id::IdTable<DeviceId, T>;

/// Names a node by what it is compatible with.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct DeviceId(bindings::of_device_id);

// SAFETY: `DeviceId` is a transparent wrapper, and `data` is a pointer.
unsafe impl RawDeviceId for DeviceId {
    type RawType = bindings::of_device_id;

    const DATA_OFFSET: usize = offset_of!(bindings::of_device_id, data);
}

impl DeviceId {
    /// Names the nodes that are compatible with `compatible`.
    ///
    /// Panics, at compile time in a table, if the name does not fit.
    pub const fn new(compatible: &'static CStr) -> Self {
        let src = compatible.to_bytes();
        let mut id = bindings::of_device_id {
            name: [0; 32],
            type_: [0; 32],
            compatible: [0; 128],
            data: core::ptr::null(),
        };
        assert!(src.len() < id.compatible.len(), "the name is too long");
        let mut i = 0;
        while i < src.len() {
            id.compatible[i] = src[i];
            i += 1;
        }
        Self(id)
    }
}

/// Defines a static table of the device-tree nodes that a driver serves.
#[macro_export]
macro_rules! of_device_table {
    ($($table:tt)*) => {
        $crate::module_device_table!($crate::of::DeviceId, $($table)*);
    };
}
