//! A guard is not replaced, which drops it, while the device that it lends is in use.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(
    mut guard: drm::RegistrationGuard<'a, T>,
    other: drm::RegistrationGuard<'a, T>,
) {
    let dev = &*guard;
    guard = other; //~ E0506 borrowed
    dev.registration_data_with(|_| ());
    drop(guard);
}
#[cfg(twin)]
fn case<'a, T: drm::Driver>(
    mut guard: drm::RegistrationGuard<'a, T>,
    other: drm::RegistrationGuard<'a, T>,
) {
    let dev = &*guard;
    dev.registration_data_with(|_| ());
    guard = other;
    drop(guard);
}

fn main() {}
