//! The right to register cannot be written down around a counted handle.
//@ claim: register-consumes
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::sync::aref::ARef;
use kernel::types::NotThreadSafe;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>) -> drm::UnregisteredDevice<T> {
    drm::UnregisteredDevice {
        0: dev, //~ E0451 private
        1: NotThreadSafe,
    }
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T>>) -> (ARef<drm::Device<T>>, NotThreadSafe) {
    (dev, NotThreadSafe)
}

fn main() {}
