//! A guard cannot be written down without entering the section that it stands for.
//@ claim: guard-not-forged
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    let _ = drm::RegistrationGuard { ..guard }; //~ E0451 private
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    let _ = guard;
}

fn main() {}
