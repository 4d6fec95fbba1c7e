//! Ranges of physical memory that belong to a device.
//!
//! C header: `include/linux/ioport.h`.

use super::{PhysAddr, ResourceSize};
use crate::str::{CStr, CStrExt};
use crate::types::Opaque;

/// A range of physical memory.
///
/// # Invariants
///
/// It is a valid C resource that does not change.
#[repr(transparent)]
pub struct Resource(Opaque<bindings::resource>);

// SAFETY: A resource does not change, by the type invariant.
unsafe impl Send for Resource {}

// SAFETY: A resource does not change, by the type invariant.
unsafe impl Sync for Resource {}

impl Resource {
    /// Wraps a C resource.
    ///
    /// # Safety
    ///
    /// `ptr` is a valid resource that does not change during `'a`.
    pub(crate) unsafe fn from_raw<'a>(ptr: *mut bindings::resource) -> &'a Self {
        // CAST: `Resource` is a transparent wrapper.
        // SAFETY: The caller guarantees the type invariant.
        unsafe { &*ptr.cast() }
    }

    /// The size of the range, in bytes.
    pub fn size(&self) -> ResourceSize {
        // SAFETY: The resource is valid by the type invariant.
        unsafe { bindings::resource_size(self.0.get()) }
    }

    /// The first address.
    pub fn start(&self) -> PhysAddr {
        // SAFETY: The resource is valid by the type invariant.
        unsafe { (*self.0.get()).start }
    }

    /// The name of the range.
    pub fn name(&self) -> Option<&CStr> {
        // SAFETY: The resource is valid by the type invariant.
        let name = unsafe { (*self.0.get()).name };
        // SAFETY: A name that is not null is null-terminated and lives as long as the resource.
        (!name.is_null()).then(|| unsafe { CStr::from_char_ptr(name) })
    }
}
