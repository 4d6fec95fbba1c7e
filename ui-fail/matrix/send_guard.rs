//! Sending to another thread of a registration guard is refused: it belongs to the thread that made
//! it.
//@ claim: guard-stays-on-thread
use kernel::drm;

fn sent<X: Send>(_: &X) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::RegistrationGuard<'_, T>) {
    sent(dev); //~ E0277 sent
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    sent(dev);
}

fn main() {}
