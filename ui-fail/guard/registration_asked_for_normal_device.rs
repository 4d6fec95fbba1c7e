//! A registration lends a `Normal` device by `device()`, which cannot be asked for a guard;
//! `ioctl_device()` lends one that can.
//@ claim: guard-needs-ioctl
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(registration: &drm::Registration<'_, T>) {
    let _ = registration.device().registration_guard(); //~ E0599 registration_guard
}
#[cfg(twin)]
fn case<T: drm::Driver>(registration: &drm::Registration<'_, T>) {
    let _ = registration.ioctl_device().registration_guard();
}

fn main() {}
