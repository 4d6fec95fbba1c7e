//! Counting a device of which nothing is known makes no handle that says more.
//@ claim: context-only-weakens
//@ generations: devicectx-v1
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::AnyCtx>) -> ARef<drm::Device<T>> {
    ARef::from(dev) //~ E0308 AnyCtx
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::AnyCtx>) -> ARef<drm::Device<T, drm::AnyCtx>> {
    ARef::from(dev)
}

fn main() {}
