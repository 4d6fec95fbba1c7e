//! A registration that the bus does not end: the parent is unbound, and the nodes are still there.
//@ claim: register-needs-proof
//@ generations: linux-7.2
//@ violation: parent-not-bound
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device, Uninit};
use kernel::error::{to_result, Result};
use kernel::sync::aref::ARef;

pub fn main() -> Result {
    let dev: ARef<Device<Probe, Uninit>> = with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let raw: *mut bindings::drm_device = (&raw const *dev).cast_mut().cast();
        // SAFETY: `struct drm_device` is the first field of a device, which was never registered.
        // BREAKS the rule that the registration belongs to the bus.
        to_result(unsafe { bindings::drm_dev_register(raw, 0) })?;
        Ok((&*dev).into())
    })?;
    let raw: *mut bindings::drm_device = (&raw const *dev).cast_mut().cast();
    // SAFETY: The device is alive, and was registered above.
    unsafe { bindings::drm_dev_unregister(raw) };
    Ok(())
}
