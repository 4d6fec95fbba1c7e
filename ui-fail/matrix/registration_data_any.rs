//! Reading the registration data of a device in any context is refused: the data exists only while
//! the device is registered.
//@ claim: registration-data-needs-registered
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    dev.registration_data_with(|_| ()); //~ E0599 registration_data_with
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    dev.registration_data_with(|_| ());
}

fn main() {}
