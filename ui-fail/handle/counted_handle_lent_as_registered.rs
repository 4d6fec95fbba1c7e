//! A counted handle lends its device as `Normal`, not as what it was made from.
//@ claim: aref-is-normal
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) -> &drm::Device<T, drm::Registered> {
    &**dev //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) -> &drm::Device<T, drm::Normal> {
    &**dev
}

fn main() {}
