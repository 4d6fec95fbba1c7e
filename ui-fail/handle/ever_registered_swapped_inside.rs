//! A handle that remembers the registration lends its device shared only, so no other device can be
//! put into it.
//@ claim: ever-needs-ioctl
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(ever: &mut drm::EverRegistered<T>) -> &mut drm::Device<T, drm::Ioctl> {
    ever //~ E0596 borrow
}
#[cfg(twin)]
fn case<T: drm::Driver>(ever: &mut drm::EverRegistered<T>) -> &drm::Device<T, drm::Ioctl> {
    ever
}

fn main() {}
