//! A device that was not registered yet has no render node.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    let _ = dev.render_minor(); //~ E0599 render_minor
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = dev.render_minor();
}

fn main() {}
