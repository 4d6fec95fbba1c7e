//! A counted handle from before registration is no right to register the device.
//@ claim: register-consumes
//@ generations: linux-7.2
use kernel::device::{Bound, Device};
#[cfg(not(twin))]
use kernel::sync::aref::ARef;
use kernel::{drm, error::Result};

#[cfg(not(twin))]
fn case<T: drm::Driver + 'static>(dev: ARef<drm::Device<T, drm::Uninit>>, parent: &Device<Bound>) {
    let _ = drm::Registration::<T>::new_foreign_owned(dev, parent, 0); //~ E0308 UnregisteredDevice
}
#[cfg(twin)]
fn case<T: drm::Driver + 'static>(dev: drm::UnregisteredDevice<T>, parent: &Device<Bound>) {
    let _ = drm::Registration::<T>::new_foreign_owned(dev, parent, 0);
}

fn main() {}
