//! A device that was registered is no right to register it.
//@ claim: register-consumes
//@ generations: linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::{drm, error::Result};

#[cfg(not(twin))]
fn case<T: drm::Driver + 'static>(dev: &drm::Device<T>, parent: &Device<Bound>) {
    let _ = drm::Registration::<T>::new_foreign_owned(dev, parent, 0); //~ E0308 UnregisteredDevice
}
#[cfg(twin)]
fn case<T: drm::Driver + 'static>(dev: drm::UnregisteredDevice<T>, parent: &Device<Bound>) {
    let _ = drm::Registration::<T>::new_foreign_owned(dev, parent, 0);
}

fn main() {}
