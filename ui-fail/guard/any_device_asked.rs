//! Code for any context cannot ask for a guard: it may be called with a device that was never
//! registered.
//@ claim: guard-needs-ioctl
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    let _ = dev.registration_guard(); //~ E0599 registration_guard
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = dev.registration_guard();
}

fn main() {}
