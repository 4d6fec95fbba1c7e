//! The `Registered` device that a guard lends is not returned when the guard ends.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(
    dev: &drm::Device<T, drm::Ioctl>,
) -> Option<&drm::Device<T, drm::Registered>> {
    let guard = dev.registration_guard()?;
    Some(&*guard) //~ E0515 guard
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) -> Option<drm::RegistrationGuard<'_, T>> {
    let guard = dev.registration_guard()?;
    Some(guard)
}

fn main() {}
