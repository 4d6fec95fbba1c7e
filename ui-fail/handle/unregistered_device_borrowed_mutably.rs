//! Nobody gets a device by a mutable reference, with which two devices could be swapped, not even
//! before it is registered.
//@ claim: device-not-forged
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &mut drm::UnregisteredDevice<T>) -> &mut drm::Device<T> {
    &mut **dev //~ E0596 borrow
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &mut drm::UnregisteredDevice<T>) -> &drm::Device<T> {
    &**dev
}

fn main() {}
