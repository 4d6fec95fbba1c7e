//! No conversion leads from a device of which nothing is known to one that was registered.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) -> &drm::Device<T> {
    dev.into() //~ E0277 From
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) -> &drm::Device<T> {
    dev.into()
}

fn main() {}
