//! The counted handle inside of an unregistered device stays there; a second one can be counted.
//@ claim: register-consumes
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) -> ARef<drm::Device<T>> {
    dev.0 //~ E0616 private
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>) -> ARef<drm::Device<T>> {
    ARef::from(&*dev)
}

fn main() {}
