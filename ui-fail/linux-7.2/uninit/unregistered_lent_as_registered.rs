//! A device that was not registered yet lends itself as one of which nothing is known.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) -> &drm::Device<T> {
    dev //~ E0308 UnregisteredDevice
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) -> &drm::Device<T, drm::Uninit> {
    dev
}

fn main() {}
