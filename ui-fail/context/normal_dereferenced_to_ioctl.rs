//! Behind a `Normal` device lies the data of the driver, not what was known about the device
//! before.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) -> &drm::Device<T, drm::Ioctl> {
    &**dev //~ E0308 Ioctl
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) -> &drm::Device<T, drm::Normal> {
    &**dev
}

fn main() {}
