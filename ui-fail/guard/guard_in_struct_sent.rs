//! A struct that holds a guard stays on the thread as the guard does.
//@ claim: guard-stays-on-thread
//@ generations: api, linux-7.3
use driver::needs_send;
use kernel::drm;

struct Job<'a, T: drm::Driver> {
    #[cfg(not(twin))]
    _dev: drm::RegistrationGuard<'a, T>,
    #[cfg(twin)]
    _dev: &'a drm::Device<T, drm::Registered>,
}

fn case<T: drm::Driver>() {
    needs_send::<Job<'_, T>>(); //~ E0277 sent
}

fn main() {}
