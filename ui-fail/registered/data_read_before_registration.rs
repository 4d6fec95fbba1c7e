//! A device that was not registered yet has no registration data: the pointer to it dangles.
//@ claim: registration-data-needs-registered
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    dev.registration_data_with(|_| ()); //~ E0599 registration_data_with
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    dev.registration_data_with(|_| ());
}

fn main() {}
