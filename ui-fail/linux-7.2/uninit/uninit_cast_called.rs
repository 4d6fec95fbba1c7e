//! The cast between contexts belongs to `kernel::drm`, and `unsafe` does not reach it.
//@ claim: context-cast-private
//@ generations: linux-7.2
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) {
    let _ = unsafe { dev.assume_ctx::<drm::Registered>() }; //~ E0624 private
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) {
    let _: &T::Data = dev;
}

fn main() {}
