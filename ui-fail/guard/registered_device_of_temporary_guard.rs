//! A guard that nobody keeps ends with its statement, and so does what it lends.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
use core::ops::Deref;
use kernel::drm;

fn guard<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) -> drm::RegistrationGuard<'_, T> {
    dev.registration_guard().expect("the device is registered")
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let dev = guard(dev).deref(); //~ E0716 temporary
    dev.registration_data_with(|_| ());
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let guard = guard(dev);
    let dev = guard.deref();
    dev.registration_data_with(|_| ());
}

fn main() {}
