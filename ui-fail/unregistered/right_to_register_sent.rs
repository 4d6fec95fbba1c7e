//! The right to register a device is not sent to another thread: the driver sets the device up on
//! this one.
//@ claim: unregistered-stays-on-thread
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::needs_send;
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(_: ARef<drm::Device<T>>) {
    needs_send::<drm::UnregisteredDevice<T>>(); //~ E0277 sent
}
#[cfg(twin)]
fn case<T: drm::Driver>(_: ARef<drm::Device<T>>) {
    needs_send::<ARef<drm::Device<T>>>();
}

fn main() {}
