//! A clone of a device that was not registered yet is refused: only counted handles can be had
//! twice.
//@ claim: register-consumes
use kernel::drm;
#[cfg(twin)]
use kernel::sync::aref::ARef;

fn cloned<X: Clone>(_: &X) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    cloned(dev); //~ E0277 Clone
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    cloned(dev);
}

fn main() {}
