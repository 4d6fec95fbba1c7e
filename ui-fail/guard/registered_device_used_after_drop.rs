//! A guard is not dropped while the device that it lends is in use.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    let dev = &*guard;
    drop(guard); //~ E0505 borrowed
    dev.registration_data_with(|_| ());
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    let dev = &*guard;
    dev.registration_data_with(|_| ());
    drop(guard);
}

fn main() {}
