//! A device whose context is not named was registered, so that one of which nothing is known has to
//! say so.
//@ claim: context-only-weakens
//@ generations: devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::AnyCtx>) -> &drm::Device<T> {
    dev //~ E0308 AnyCtx
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) -> &drm::Device<T> {
    dev
}

fn main() {}
