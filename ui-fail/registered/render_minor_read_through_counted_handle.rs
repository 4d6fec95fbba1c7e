//! A combinator over a counted handle reaches a `Normal` device, which has no minor number.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: Option<ARef<drm::Device<T>>>) {
    let _ = dev.map(|dev| dev.render_minor()); //~ E0599 render_minor
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: Option<&drm::Device<T, drm::Registered>>, _: ARef<drm::Device<T>>) {
    let _ = dev.map(|dev| dev.render_minor());
}

fn main() {}
