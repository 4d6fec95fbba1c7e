//! A counted handle is one to a `Normal` device, so it cannot be asked for a guard.
//@ claim: guard-needs-ioctl
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    let _ = (**dev).registration_guard(); //~ E0599 registration_guard
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>, _: &ARef<drm::Device<T>>) {
    let _ = dev.registration_guard();
}

fn main() {}
