//! The primary minor number of a `Normal` device is refused: a device has minors that userspace can
//! open only while it is registered.
//@ claim: minor-needs-registered
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    let _ = dev.primary_minor(); //~ E0599 primary_minor
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = dev.primary_minor();
}

fn main() {}
