//! A handle that remembers the registration cannot be written down around a counted handle.
//@ claim: ever-needs-ioctl
//@ generations: api
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>) -> drm::EverRegistered<T> {
    drm::EverRegistered { 0: dev } //~ E0451 private
}
#[cfg(twin)]
fn case<T: drm::Driver>(
    _: ARef<drm::Device<T>>,
    ever: &drm::EverRegistered<T>,
) -> drm::EverRegistered<T> {
    ever.clone()
}

fn main() {}
