//! The device of a GEM object may be unregistered while the object lives, so it lends no
//! registration data.
//@ claim: registration-data-needs-registered
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<B: drm::gem::DriverObject>(obj: &drm::gem::Object<B>) {
    obj.dev().registration_data_with(|_| ()); //~ E0599 registration_data_with
}
#[cfg(twin)]
fn case<B: drm::gem::DriverObject>(dev: &drm::Device<B::Driver, drm::Registered>) {
    dev.registration_data_with(|_| ());
}

fn main() {}
