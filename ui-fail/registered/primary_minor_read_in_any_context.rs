//! Code for any context cannot read a minor number: it may be called with a device that has none.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    let _ = dev.primary_minor(); //~ E0599 primary_minor
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = dev.primary_minor();
}

fn main() {}
