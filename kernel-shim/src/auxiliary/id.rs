//! Which devices on the auxiliary bus a driver serves.
//!
//! The bus matches `module.name` (`drivers/base/auxiliary.c`: `auxiliary_match_id`).

use crate::device_id::RawDeviceId;
use crate::str::CStr;
use core::mem::offset_of;

/// A table of the devices that a driver serves.
pub type IdTable<T> = &'static dyn crate::device_id::IdTable<DeviceId, T>;

/// Names devices by the module that makes them and a name within it.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct DeviceId(bindings::auxiliary_device_id);

// SAFETY: `DeviceId` is a transparent wrapper, and `driver_data` is as large as a pointer.
unsafe impl RawDeviceId for DeviceId {
    type RawType = bindings::auxiliary_device_id;

    const DATA_OFFSET: usize = offset_of!(bindings::auxiliary_device_id, driver_data);
}

impl DeviceId {
    /// Names the devices that the module `modname` calls `name`.
    ///
    /// Panics, at compile time in a table, if the names do not fit.
    pub const fn new(modname: &'static CStr, name: &'static CStr) -> Self {
        let mut id = bindings::auxiliary_device_id {
            name: [0; bindings::AUXILIARY_NAME_SIZE],
            driver_data: 0,
        };
        let module = modname.to_bytes();
        let name = name.to_bytes();
        assert!(
            module.len() + 1 + name.len() < id.name.len(),
            "the names are too long"
        );
        let mut i = 0;
        while i < module.len() {
            id.name[i] = module[i];
            i += 1;
        }
        id.name[module.len()] = b'.';
        let mut i = 0;
        while i < name.len() {
            id.name[module.len() + 1 + i] = name[i];
            i += 1;
        }
        Self(id)
    }
}

/// Defines a static table of the auxiliary devices that a driver serves.
#[macro_export]
macro_rules! auxiliary_device_table {
    ($($table:tt)*) => {
        $crate::module_device_table!($crate::auxiliary::DeviceId, $($table)*);
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::auxiliary_device_table!(TABLE, u32, [(DeviceId::new(c"core", c"part"), 7)]);

    #[test]
    fn an_entry_holds_its_name_and_its_information() {
        let table: IdTable<u32> = &TABLE;
        let first = table.as_ptr();
        // SAFETY: The table has one entry and the sentinel.
        let (entry, end) = unsafe { (&*first, &*first.add(1)) };
        assert!(entry.name.starts_with(b"core.part\0"));
        assert_eq!(end.name[0], 0);
        // SAFETY: The entry is not the sentinel, and its information is a `u32`.
        let info = unsafe { crate::device_id::info::<DeviceId, u32>(first) };
        assert_eq!(*info, 7);
    }
}
