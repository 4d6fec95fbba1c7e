//! A guard of a device that is lent for a while cannot be kept where nothing may be borrowed.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
use driver::needs_static;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    needs_static(dev.registration_guard()); //~ E0521 dev
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &'static drm::Device<T, drm::Ioctl>) {
    needs_static(dev.registration_guard());
}

fn main() {}
