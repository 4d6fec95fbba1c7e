//! The contexts share one layout, so a transmute would fit; that is why it stays unsafe.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) -> &drm::Device<T, drm::Registered> {
    core::mem::transmute(dev) //~ E0133 transmute
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) -> &drm::Device<T, drm::Normal> {
    core::convert::identity(dev)
}

fn main() {}
