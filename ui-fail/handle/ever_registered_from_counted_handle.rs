//! A counted handle does not remember whether its device was registered, and does not turn into one
//! that does.
//@ claim: ever-needs-ioctl
//@ generations: api
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>) -> drm::EverRegistered<T> {
    dev.into() //~ E0277 EverRegistered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>) -> ARef<drm::Device<T>> {
    dev.into()
}

fn main() {}
