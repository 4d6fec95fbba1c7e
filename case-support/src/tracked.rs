//! Data whose construction and drop the stub is told of.

use kernel::prelude::*;
use kernel::types::Opaque;

extern "C" {
    fn hw_stub_data_constructed(
        kind: *const u8,
        len: usize,
        addr: *const core::ffi::c_void,
        size: usize,
    );
    fn hw_stub_data_dropped(kind: *const u8, len: usize, addr: *const core::ffi::c_void);
}

/// A value that reports when it is constructed, in its final place, and when it is dropped.
///
/// # Invariants
///
/// `self.place` was reported as constructed, under the name `self.kind`.
#[pin_data(PinnedDrop)]
pub struct Tracked {
    kind: &'static str,
    #[pin]
    place: Opaque<u8>,
}

// SAFETY: The place is never read or written, it only has an address.
unsafe impl Send for Tracked {}

// SAFETY: As for `Send`.
unsafe impl Sync for Tracked {}

impl Tracked {
    /// Constructs a value that reports under the name `kind`.
    pub fn new(kind: &'static str) -> impl PinInit<Self, Error> {
        try_pin_init!(Self {
            kind,
            place <- Opaque::ffi_init(move |place: *mut u8| {
                // SAFETY: `kind` is valid for its length; the address is only compared.
                unsafe {
                    hw_stub_data_constructed(kind.as_ptr(), kind.len(), place.cast(), 1);
                }
            }),
        })
    }
}

#[pinned_drop]
impl PinnedDrop for Tracked {
    fn drop(self: Pin<&mut Self>) {
        // SAFETY: As in `new()`.
        unsafe {
            hw_stub_data_dropped(self.kind.as_ptr(), self.kind.len(), self.place.get().cast());
        }
    }
}
