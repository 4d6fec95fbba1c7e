//! A counted handle from before registration does not turn into one from after it.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T, drm::Uninit>>) -> ARef<drm::Device<T>> {
    dev //~ E0308 Uninit
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>) -> ARef<drm::Device<T>> {
    dev
}

fn main() {}
