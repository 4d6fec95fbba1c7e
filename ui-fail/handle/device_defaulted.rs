//! No device comes from nothing, not even if its driver's data does.
//@ claim: device-not-forged
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver<Data: Default>>() {
    let _: drm::Device<T> = Default::default(); //~ E0277 Default
}
#[cfg(twin)]
fn case<T: drm::Driver<Data: Default>>() {
    let _: T::Data = Default::default();
}

fn main() {}
