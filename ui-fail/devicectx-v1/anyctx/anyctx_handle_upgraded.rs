//! A counted handle from before registration does not turn into one from after it.
//@ claim: context-only-weakens
//@ generations: devicectx-v1
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T, drm::AnyCtx>>) -> ARef<drm::Device<T>> {
    dev //~ E0308 AnyCtx
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>) -> ARef<drm::Device<T>> {
    dev
}

fn main() {}
