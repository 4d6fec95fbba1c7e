//! A box around the right to register is not sent either.
//@ claim: unregistered-stays-on-thread
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::needs_send;
use kernel::drm;
use kernel::prelude::*;

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    needs_send::<KBox<drm::UnregisteredDevice<T>>>(); //~ E0277 sent
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    needs_send::<KBox<&drm::Device<T>>>();
}

fn main() {}
