//! The section of a guard is left by dropping the guard, which happens once, and not by a call.
//@ claim: guard-not-forged
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(mut guard: drm::RegistrationGuard<'_, T>) {
    guard.drop(); //~ E0040 destructor
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    drop(guard);
}

fn main() {}
