//! A `Normal` device may not be registered, so nothing says that its minor number is its own.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    let _ = dev.primary_minor(); //~ E0599 primary_minor
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = dev.primary_minor();
}

fn main() {}
