//! A device of which nothing is known is not passed for one that was registered.
//@ claim: context-only-weakens
//@ generations: devicectx-v1
use kernel::drm;

fn registered<T: drm::Driver>(_: &drm::Device<T, drm::Registered>) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::AnyCtx>) {
    registered(dev); //~ E0308 AnyCtx
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    registered(dev);
}

fn main() {}
