//! A device that was registered may have lost its parent since, so it lends it as `Normal` only.
//@ claim: bound-parent-needs-registered
//@ generations: linux-7.2, devicectx-v1
use kernel::{device, drm};

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) -> &device::Device<device::Bound> {
    dev.as_ref() //~ E0308 Bound
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) -> &device::Device<device::Normal> {
    dev.as_ref()
}

fn main() {}
