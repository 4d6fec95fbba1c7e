//! Reading the registration data of an `EverRegistered` handle is refused: the data exists only
//! while the device is registered.
//@ claim: registration-data-needs-registered
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) {
    dev.registration_data_with(|_| ()); //~ E0599 registration_data_with
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    dev.registration_data_with(|_| ());
}

fn main() {}
