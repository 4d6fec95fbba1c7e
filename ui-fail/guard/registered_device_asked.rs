//! A device that is known to be registered hands out no second guard: who holds one needs no other.
//@ claim: guard-needs-ioctl
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = dev.registration_guard(); //~ E0599 registration_guard
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let _ = dev.registration_guard();
}

fn main() {}
