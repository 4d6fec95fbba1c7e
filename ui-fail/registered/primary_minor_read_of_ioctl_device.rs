//! `primary_minor()` is no function of devices that were registered once: their number may belong
//! to another device by now.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = <drm::Device<T, drm::Ioctl>>::primary_minor(dev); //~ E0599 primary_minor
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = <drm::Device<T, drm::Registered>>::primary_minor(dev);
}

fn main() {}
