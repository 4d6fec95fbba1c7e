//! The right to register is not written down around a counted handle.
//@ claim: register-consumes
//@ generations: linux-7.2
use kernel::drm;
use kernel::sync::aref::ARef;
use kernel::types::NotThreadSafe;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T, drm::Uninit>>) {
    drop(drm::UnregisteredDevice {
        0: dev, //~ E0451 private
        1: NotThreadSafe,
    });
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: ARef<drm::Device<T, drm::Uninit>>) {
    drop((dev, NotThreadSafe));
}

fn main() {}
