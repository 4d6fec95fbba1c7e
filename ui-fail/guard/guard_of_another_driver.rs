//! A guard of one driver's device is none of another driver's.
//@ claim: guard-not-forged
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver, U: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _: Option<drm::RegistrationGuard<'_, U>> = dev.registration_guard(); //~ E0308 RegistrationGuard
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _: Option<drm::RegistrationGuard<'_, T>> = dev.registration_guard();
}

fn main() {}
