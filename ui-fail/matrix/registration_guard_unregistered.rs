//! Asking for a guard of a device that was not registered yet is refused: on a device that was
//! never registered, `drm_dev_enter()` succeeds and there is no data.
//@ claim: guard-needs-ioctl
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    let _ = dev.registration_guard(); //~ E0599 registration_guard
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = dev.registration_guard();
}

fn main() {}
