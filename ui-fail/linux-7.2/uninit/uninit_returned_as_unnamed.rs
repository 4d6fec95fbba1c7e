//! A device whose context is not named was registered, so that one of which nothing is known has to
//! say so.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) -> &drm::Device<T> {
    dev //~ E0308 Uninit
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) -> &drm::Device<T> {
    dev
}

fn main() {}
