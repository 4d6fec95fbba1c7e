//! Registering a device whose parent was unbound: clients would reach hardware that is not there.
//@ claim: unregistered-needs-bound-parent
//@ generations: api, linux-7.3
//@ violation: parent-not-bound
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device};
use kernel::error::{to_result, Result};
use kernel::sync::aref::ARef;

pub fn main() -> Result {
    let dev: ARef<Device<Probe>> = with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        Ok((&*dev).into())
    })?;
    let raw: *mut bindings::drm_device = (&raw const *dev).cast_mut().cast();
    // SAFETY: `struct drm_device` is the first field of a device, which was never registered.
    // BREAKS the requirement that its parent is bound.
    to_result(unsafe { bindings::drm_dev_register(raw, 0) })?;
    // SAFETY: The device was just registered.
    unsafe { bindings::drm_dev_unplug(raw) };
    Ok(())
}
