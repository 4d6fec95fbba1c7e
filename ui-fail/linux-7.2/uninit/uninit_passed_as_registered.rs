//! A device of which nothing is known is not passed for one that was registered.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use kernel::drm;

fn registered<T: drm::Driver>(_: &drm::Device<T, drm::Registered>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) {
    registered(dev); //~ E0308 Uninit
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    registered(dev);
}

fn main() {}
