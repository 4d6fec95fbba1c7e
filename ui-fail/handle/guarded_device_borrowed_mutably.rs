//! A guard does not lend its device mutably: another device could be put in its place.
//@ claim: device-not-forged
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: &mut drm::RegistrationGuard<'_, T>) {
    let _: &mut drm::Device<T, drm::Registered> = guard; //~ E0596 borrow
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: &mut drm::RegistrationGuard<'_, T>) {
    let _: &drm::Device<T, drm::Registered> = guard;
}

fn main() {}
