//! A pointer to a device can be cast to any context, but only unsafe code can follow it.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

fn upgraded<T: drm::Driver>(
    dev: &drm::Device<T, drm::Ioctl>,
) -> *const drm::Device<T, drm::Registered> {
    core::ptr::from_ref(dev).cast()
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) -> &drm::Device<T, drm::Registered> {
    &*upgraded(dev) //~ E0133 dereference
}
#[cfg(twin)]
fn case<T: drm::Driver>(
    dev: &drm::Device<T, drm::Ioctl>,
) -> *const drm::Device<T, drm::Registered> {
    upgraded(dev)
}

fn main() {}
