//! A driver cannot ask where in a device its C part lies.
//@ claim: context-cast-private
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>() -> usize {
    drm::Device::<T>::DEV_OFFSET //~ E0624 private
}
#[cfg(twin)]
fn case<T: drm::Driver>() -> usize {
    size_of::<drm::Device<T>>()
}

fn main() {}
