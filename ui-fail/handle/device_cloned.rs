//! A device cannot be cloned, only counted: what is behind a reference to it is the object that the
//! DRM core knows.
//@ claim: device-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver<Data: Clone>>(dev: &ARef<drm::Device<T>>) {
    let _ = drm::Device::clone(&**dev); //~ E0277 Clone
}
#[cfg(twin)]
fn case<T: drm::Driver<Data: Clone>>(dev: &ARef<drm::Device<T>>) {
    let _ = ARef::clone(dev);
}

fn main() {}
