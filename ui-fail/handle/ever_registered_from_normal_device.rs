//! A `Normal` device does not turn into a handle that says it was registered.
//@ claim: ever-needs-ioctl
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    let _: drm::EverRegistered<T> = dev.into(); //~ E0277 EverRegistered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _: drm::EverRegistered<T> = dev.into();
}

fn main() {}
