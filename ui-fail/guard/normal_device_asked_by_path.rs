//! A path that leaves the context to inference finds `registration_guard()` for `Ioctl` devices
//! only.
//@ claim: guard-needs-ioctl
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    let _ = drm::Device::registration_guard(dev); //~ E0308 Ioctl
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = drm::Device::registration_guard(dev);
}

fn main() {}
