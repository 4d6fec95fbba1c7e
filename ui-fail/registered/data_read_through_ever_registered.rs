//! A handle that remembers the registration outlives the registration data all the same.
//@ claim: registration-data-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) {
    drm::Device::registration_data_with(dev, |_| ()); //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    drm::Device::registration_data_with(guard, |_| ());
}

fn main() {}
