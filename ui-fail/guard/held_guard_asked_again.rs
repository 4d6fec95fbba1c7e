//! A guard derefs to its `Registered` device and on to a `Normal` one; on no step can it be asked
//! for another guard.
//@ claim: guard-needs-ioctl
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    let _ = (***guard).registration_guard(); //~ E0599 registration_guard
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &&drm::Device<T, drm::Ioctl>) {
    let _ = (**dev).registration_guard();
}

fn main() {}
