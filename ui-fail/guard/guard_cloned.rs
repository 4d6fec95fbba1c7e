//! A guard cannot be cloned: each stands for a section that was entered once and is left once.
//@ claim: guard-not-forged
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    let _ = drm::RegistrationGuard::clone(guard); //~ E0277 Clone
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    let _ = Clone::clone(&guard);
}

fn main() {}
