//! Sharing between threads of a device that was not registered yet is refused: it belongs to the
//! thread that made it.
//@ claim: unregistered-stays-on-thread
use kernel::drm;

fn shared<X: Sync>(_: &X) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    shared(dev); //~ E0277 shared
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    shared(dev);
}

fn main() {}
