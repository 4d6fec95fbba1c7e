//! Code for any context does not get a device that was registered.
//@ claim: context-only-weakens
//@ generations: devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceCtx>(dev: &drm::Device<T, C>) -> &drm::Device<T> {
    dev //~ E0308 C
}
#[cfg(twin)]
fn case<T: drm::Driver, C: drm::DeviceCtx>(dev: &drm::Device<T, C>) -> &drm::Device<T, C> {
    dev
}

fn main() {}
