//! A device of which nothing is known lends its parent by `AsRef`, and no device that was registered.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use kernel::device;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) -> &drm::Device<T> {
    dev.as_ref() //~ E0308 Device
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) -> &device::Device {
    dev.as_ref()
}

fn main() {}
