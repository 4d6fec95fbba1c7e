//! A `Registered` device is lent by a guard or by an ioctl; it cannot be made into a guard that
//! would leave that section.
//@ claim: guard-not-forged
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _: drm::RegistrationGuard<'_, T> = dev.into(); //~ E0277 RegistrationGuard
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    let _: drm::RegistrationGuard<'_, T> = guard.into();
}

fn main() {}
