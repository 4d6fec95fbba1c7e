//! A guard borrows the handle that was asked for it, so it is not returned without that handle.
//@ claim: guard-lends-no-longer
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(
    ever: drm::EverRegistered<T>,
) -> Option<drm::RegistrationGuard<'static, T>> {
    ever.registration_guard() //~ E0515 ever
}
#[cfg(twin)]
fn case<T: drm::Driver>(ever: &drm::EverRegistered<T>) -> Option<drm::RegistrationGuard<'_, T>> {
    ever.registration_guard()
}

fn main() {}
