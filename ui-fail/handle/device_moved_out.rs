//! A device is not moved out from behind a reference: the DRM core has pointers to it.
//@ claim: device-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    let _dev = **dev; //~ E0507 move
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    let _dev = &**dev;
}

fn main() {}
