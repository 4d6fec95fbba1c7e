//! A device that was not registered yet lends itself as one of which nothing is known.
//@ claim: context-only-weakens
//@ generations: devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) -> &drm::Device<T> {
    dev //~ E0308 UnregisteredDevice
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) -> &drm::Device<T, drm::AnyCtx> {
    dev
}

fn main() {}
