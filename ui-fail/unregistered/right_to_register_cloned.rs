//! The right to register cannot be cloned; what can be is a counted handle.
//@ claim: register-consumes
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    let _ = drm::UnregisteredDevice::clone(dev); //~ E0277 Clone
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &kernel::sync::aref::ARef<drm::Device<T>>) {
    let _ = Clone::clone(dev);
}

fn main() {}
