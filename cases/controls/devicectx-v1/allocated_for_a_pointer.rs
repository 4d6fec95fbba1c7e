//! Eight bytes for a device, as the first posting asks for by the size of its handle.
//@ claim: allocation-covers-device
//@ generations: devicectx-v1
//@ violation: allocation-too-small
use core::mem::MaybeUninit;
use driver::with_parent;
use kernel::error::{from_err_ptr, Result};

pub fn main() -> Result {
    // SAFETY: Everything in a `struct drm_driver` may be zero.
    let driver: bindings::drm_driver = unsafe { MaybeUninit::zeroed().assume_init() };
    with_parent(|parent| {
        let parent = core::ptr::from_ref(parent).cast_mut().cast();
        // SAFETY: Parent and driver are alive. BREAKS the requirement that the size covers the
        // `struct drm_device`.
        let result = unsafe { bindings::__drm_dev_alloc(parent, &driver, size_of::<usize>(), 0) };
        assert!(from_err_ptr(result).is_err());
        Ok(())
    })
}
