//! Code for any context cannot use what only a `Registered` device has: it may be called with
//! another.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

fn registered_only<T: drm::Driver>(_: &drm::Device<T, drm::Registered>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    registered_only(dev); //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    registered_only(dev);
}

fn main() {}
