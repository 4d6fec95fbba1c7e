//! A reference to an `Ioctl` device does not turn into one to a `Registered` device: its
//! registration may be over.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) -> &drm::Device<T, drm::Registered> {
    dev //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) -> &drm::Device<T, drm::Normal> {
    dev
}

fn main() {}
