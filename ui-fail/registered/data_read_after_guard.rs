//! Registration data is not read through a guard that was dropped.
//@ claim: registration-data-needs-registered
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    drop(guard);
    guard.registration_data_with(|_| ()); //~ E0382 guard
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    guard.registration_data_with(|_| ());
    drop(guard);
}

fn main() {}
