//! That a device was registered once does not show that it is registered now.
//@ claim: context-only-weakens
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) -> &drm::Device<T, drm::Registered> {
    dev //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) -> &drm::Device<T, drm::Ioctl> {
    dev
}

fn main() {}
