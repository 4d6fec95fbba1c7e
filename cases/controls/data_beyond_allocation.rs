//! Allocating a device without its data: what is written there belongs to somebody else.
//@ claim: allocation-covers-device
//@ generations: api, linux-7.3, linux-7.2
//@ violation: allocation-too-small
use driver::{data, with_parent, Probe};
use kernel::drm;
use kernel::error::{from_err_ptr, Result};

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let raw: *const bindings::drm_device = (&raw const *dev).cast();
        let size = size_of::<bindings::drm_device>();
        // SAFETY: Parent and driver are those of a device that is alive.
        let device = unsafe { bindings::__drm_dev_alloc((*raw).dev, (*raw).driver, size, 0) };
        let device: *mut [u8; 4096] = from_err_ptr(device)?.cast();
        // SAFETY: BREAKS the requirement that the place of the data lies within the allocation.
        unsafe { (&raw mut (*device)[size]).write_volatile(7) };
        Ok(())
    })
}
