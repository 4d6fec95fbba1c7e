//! No guard comes from nothing.
//@ claim: guard-not-forged
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    let _: drm::RegistrationGuard<'_, T> = Default::default(); //~ E0277 Default
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    let _: Option<drm::RegistrationGuard<'_, T>> = Default::default();
}

fn main() {}
