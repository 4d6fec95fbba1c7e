//! A guard does not become sendable when its type is forgotten.
//@ claim: guard-stays-on-thread
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: &mut drm::RegistrationGuard<'_, T>) {
    let _: &mut dyn Send = guard; //~ E0277 sent
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: &mut drm::RegistrationGuard<'_, T>) {
    let _: &dyn Send = &**guard;
}

fn main() {}
