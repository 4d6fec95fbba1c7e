//! A closure that took over a guard cannot be run by another thread.
//@ claim: guard-stays-on-thread
//@ generations: api, linux-7.3
use kernel::drm;

fn spawn(job: impl FnOnce() + Send) {
    job();
}

#[cfg(not(twin))]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    spawn(move || drop(guard)); //~ E0277 sent
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    let dev = &*guard;
    spawn(move || dev.registration_data_with(|_| ()));
}

fn main() {}
