//! A device is registered below a parent that is bound.
//@ claim: unregistered-needs-bound-parent
//@ generations: linux-7.2, devicectx-v1
use kernel::{device, drm};

#[cfg(not(twin))]
fn case<T: drm::Driver + 'static>(dev: drm::UnregisteredDevice<T>, parent: &device::Device) {
    let _ = drm::Registration::new_foreign_owned(dev, parent, 0); //~ E0308 Bound
}
#[cfg(twin)]
fn case<T: drm::Driver + 'static>(
    dev: drm::UnregisteredDevice<T>,
    parent: &device::Device<device::Bound>,
) {
    let _ = drm::Registration::new_foreign_owned(dev, parent, 0);
}

fn main() {}
