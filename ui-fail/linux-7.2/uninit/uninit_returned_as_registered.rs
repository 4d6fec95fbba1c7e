//! A function that is given a device of which nothing is known returns none that was registered.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) -> &drm::Device<T, drm::Registered> {
    dev //~ E0308 Uninit
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) -> &drm::Device<T, drm::Uninit> {
    dev
}

fn main() {}
