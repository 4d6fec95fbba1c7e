//! A guard cannot be taken apart to get at the device that it holds for longer than it lends it.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    let drm::RegistrationGuard { dev, .. } = guard; //~ E0451 private
    dev.registration_data_with(|_| ());
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    let dev: &drm::Device<T, drm::Registered> = guard;
    dev.registration_data_with(|_| ());
}

fn main() {}
