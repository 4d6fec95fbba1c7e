//! Sharing between threads of a registration guard is refused: it belongs to the thread that made
//! it.
//@ claim: guard-stays-on-thread
use kernel::drm;

fn shared<X: Sync>(_: &X) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::RegistrationGuard<'_, T>) {
    shared(dev); //~ E0277 shared
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    shared(dev);
}

fn main() {}
