//! The right to register a device is not shared with another thread either; the device itself is.
//@ claim: unregistered-stays-on-thread
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::needs_sync;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    needs_sync::<drm::UnregisteredDevice<T>>(); //~ E0277 shared
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    needs_sync::<drm::Device<T>>();
}

fn main() {}
