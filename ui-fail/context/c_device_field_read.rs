//! A driver cannot read the C part of a device.
//@ claim: context-cast-private
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    let _ = &dev.dev; //~ E0616 `dev`
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T>) {
    let _: &T::Data = dev;
}

fn main() {}
