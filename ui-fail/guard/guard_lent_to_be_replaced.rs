//! A guard is not lent mutably to another thread, which could put its own in place and drop this
//! one.
//@ claim: guard-stays-on-thread
//@ generations: api, linux-7.3
use driver::needs_send;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    needs_send::<&mut drm::RegistrationGuard<'_, T>>(); //~ E0277 sent
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    needs_send::<&drm::Device<T, drm::Registered>>();
}

fn main() {}
