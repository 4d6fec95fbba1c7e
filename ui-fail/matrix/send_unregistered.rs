//! Sending to another thread of a device that was not registered yet is refused: it belongs to the
//! thread that made it.
//@ claim: unregistered-stays-on-thread
use kernel::drm;

fn sent<X: Send>(_: &X) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    sent(dev); //~ E0277 sent
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    sent(dev);
}

fn main() {}
