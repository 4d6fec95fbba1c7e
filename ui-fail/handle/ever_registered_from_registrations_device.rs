//! What a registration lends by `device()` is a `Normal` device, which nothing can be remembered
//! of; `ioctl_device()` tells more.
//@ claim: ever-needs-ioctl
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(registration: &drm::Registration<'_, T>) {
    let _ = drm::EverRegistered::from(registration.device()); //~ E0277 EverRegistered
}
#[cfg(twin)]
fn case<T: drm::Driver>(registration: &drm::Registration<'_, T>) {
    let _ = drm::EverRegistered::from(registration.ioctl_device());
}

fn main() {}
