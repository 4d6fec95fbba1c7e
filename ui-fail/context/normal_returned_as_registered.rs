//! A reference to a `Normal` device does not turn into one to a `Registered` device: it may never
//! have been registered.
//@ claim: context-only-weakens
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) -> &drm::Device<T, drm::Registered> {
    dev //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) -> &drm::Device<T, drm::Normal> {
    dev
}

fn main() {}
