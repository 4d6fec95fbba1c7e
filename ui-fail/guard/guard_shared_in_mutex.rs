//! A lock lets every thread that has it drop what is in it, so a lock around a guard is not shared.
//@ claim: guard-stays-on-thread
//@ generations: api, linux-7.3
use driver::needs_sync;
use kernel::drm;
use kernel::sync::Mutex;

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    needs_sync::<Mutex<Option<drm::RegistrationGuard<'_, T>>>>(); //~ E0277 sent
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    needs_sync::<Mutex<Option<&drm::Device<T, drm::Registered>>>>();
}

fn main() {}
