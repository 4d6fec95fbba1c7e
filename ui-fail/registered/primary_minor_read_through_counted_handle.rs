//! A counted handle does not coerce to the registered device whose minor number could be read.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    let dev: &drm::Device<T, drm::Registered> = dev; //~ E0308 Registered
    let _ = dev.primary_minor();
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    let dev: &drm::Device<T, drm::Normal> = dev;
    let _ = ARef::from(dev);
}

fn main() {}
