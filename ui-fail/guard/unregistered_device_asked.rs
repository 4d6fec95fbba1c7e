//! A device that was not registered yet hands out no registration guard: `drm_dev_enter()` would
//! succeed on it, and its registration data pointer dangles.
//@ claim: guard-needs-ioctl
//@ generations: api, linux-7.3
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
