//! Code for any context cannot remember a registration: it may be called with a device that had
//! none.
//@ claim: ever-needs-ioctl
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    let _: drm::EverRegistered<T> = dev.into(); //~ E0277 EverRegistered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _: drm::EverRegistered<T> = dev.into();
}

fn main() {}
