//! A lock around the right to register does not make it one that threads pass around.
//@ claim: unregistered-stays-on-thread
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::needs_sync;
use kernel::drm;
use kernel::sync::Mutex;

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    needs_sync::<Mutex<Option<drm::UnregisteredDevice<T>>>>(); //~ E0277 sent
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    needs_sync::<Mutex<Option<&drm::Device<T>>>>();
}

fn main() {}
