//! Using the parent of a device as bound when it is not any more: what a driver stores there then
//! belongs to nobody.
//@ claim: bound-parent-needs-registered
//@ generations: api, linux-7.3
//@ violation: parent-not-bound
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device};
use kernel::error::Result;
use kernel::sync::aref::ARef;
use std::ptr::null_mut;

pub fn main() -> Result {
    let dev: ARef<Device<Probe>> = with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        Ok((&*dev).into())
    })?;
    let raw: *const bindings::drm_device = (&raw const *dev).cast();
    // SAFETY: `struct drm_device` is the first field of a device, and the handle keeps it and its
    // parent alive. BREAKS the requirement that the parent is bound.
    unsafe { bindings::dev_set_drvdata((*raw).dev, null_mut()) };
    Ok(())
}
