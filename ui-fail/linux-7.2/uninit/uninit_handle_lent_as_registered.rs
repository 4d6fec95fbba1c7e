//! A counted handle lends its device in the context that it was made for.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T, drm::Uninit>>) -> &drm::Device<T> {
    &**dev //~ E0308 Uninit
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T, drm::Uninit>>) -> &drm::Device<T, drm::Uninit> {
    &**dev
}

fn main() {}
