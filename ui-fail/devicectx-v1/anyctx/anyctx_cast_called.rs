//! The cast between contexts belongs to `kernel::drm`, and `unsafe` does not reach it.
//@ claim: context-cast-private
//@ generations: devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::AnyCtx>) {
    let _ = unsafe { dev.assume_ctx::<drm::Registered>() }; //~ E0624 private
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::AnyCtx>) {
    let _: &T::Data = dev;
}

fn main() {}
