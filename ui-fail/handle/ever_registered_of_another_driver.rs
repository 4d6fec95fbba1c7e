//! A handle that remembers one device's registration is not made from a device of another driver.
//@ claim: ever-needs-ioctl
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver, U: drm::Driver>(dev: &drm::Device<U, drm::Ioctl>) {
    let _: drm::EverRegistered<T> = dev.into(); //~ E0277 EverRegistered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _: drm::EverRegistered<T> = dev.into();
}

fn main() {}
