//! A guard cannot be pointed at another device than the one whose section it stands for.
//@ claim: guard-not-forged
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(
    guard: &mut drm::RegistrationGuard<'a, T>,
    other: &'a drm::Device<T, drm::Registered>,
) {
    guard.dev = other; //~ E0616 `dev`
}
#[cfg(twin)]
fn case<'a, T: drm::Driver>(
    guard: &mut drm::RegistrationGuard<'a, T>,
    other: drm::RegistrationGuard<'a, T>,
) {
    *guard = other;
}

fn main() {}
