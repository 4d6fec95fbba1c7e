//! The C device behind one of which nothing is known is not in reach: with it, a driver could
//! register it.
//@ claim: context-cast-private
//@ generations: linux-7.2
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) {
    let _ = dev.as_raw(); //~ E0624 private
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Uninit>) {
    let _: &T::Data = dev;
}

fn main() {}
