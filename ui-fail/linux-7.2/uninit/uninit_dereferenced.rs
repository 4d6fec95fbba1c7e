//! A device of which nothing is known derefs to its data, and to no device of which more is known.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) -> &drm::Device<T> {
    &**dev //~ E0308 Data
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) -> &T::Data {
    &**dev
}

fn main() {}
