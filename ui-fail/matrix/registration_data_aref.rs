//! Reading the registration data of a counted handle is refused: the data exists only while the
//! device is registered.
//@ claim: registration-data-needs-registered
use kernel::drm;
#[cfg(not(twin))]
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    dev.registration_data_with(|_| ()); //~ E0599 registration_data_with
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    dev.registration_data_with(|_| ());
}

fn main() {}
