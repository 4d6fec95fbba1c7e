//! A device that is all zeroes was not made by the DRM core.
//@ claim: device-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;
use kernel::prelude::*;

#[cfg(not(twin))]
fn case<T: drm::Driver<Data: Zeroable>>() {
    let _ = <drm::Device<T>>::zeroed(); //~ E0599 zeroed
}
#[cfg(twin)]
fn case<T: drm::Driver<Data: Zeroable>>() {
    let _ = <T::Data>::zeroed();
}

fn main() {}
