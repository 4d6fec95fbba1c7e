//! A device that was registered once may have lost its registration data; a guard tells.
//@ claim: registration-data-needs-registered
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    dev.registration_data_with(|_| ()); //~ E0599 registration_data_with
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    if let Some(guard) = dev.registration_guard() {
        guard.registration_data_with(|_| ());
    }
}

fn main() {}
