//! Counting a device of which nothing is known makes no handle that says more.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) -> ARef<drm::Device<T>> {
    ARef::from(dev) //~ E0308 Uninit
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) -> ARef<drm::Device<T, drm::Uninit>> {
    ARef::from(dev)
}

fn main() {}
