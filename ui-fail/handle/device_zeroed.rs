//! A device that is all zeroes was not made by the DRM core.
//@ claim: device-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;
use kernel::prelude::*;

fn needs_zeroable<X: Zeroable>() {}

#[cfg(not(twin))]
fn case<T: drm::Driver<Data: Zeroable>>() {
    needs_zeroable::<drm::Device<T>>(); //~ E0277 Zeroable
}
#[cfg(twin)]
fn case<T: drm::Driver<Data: Zeroable>>() {
    needs_zeroable::<T::Data>();
}

fn main() {}
