//! A counted handle outlives the registration data, so no deref of it leads there.
//@ claim: registration-data-needs-registered
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    (**dev).registration_data_with(|_| ()); //~ E0599 registration_data_with
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>, _: &ARef<drm::Device<T>>) {
    dev.registration_data_with(|_| ());
}

fn main() {}
