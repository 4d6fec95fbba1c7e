//! The index of a section stays in the guard: with it, a section could be left twice or a guard be
//! forged.
//@ claim: guard-not-forged
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    let _ = guard.idx; //~ E0616 `idx`
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    let _: &drm::Device<T> = guard;
}

fn main() {}
