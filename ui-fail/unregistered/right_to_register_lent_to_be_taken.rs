//! The right to register is not lent mutably to another thread, which could take it out.
//@ claim: unregistered-stays-on-thread
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::needs_send;
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>() {
    needs_send::<&mut Option<drm::UnregisteredDevice<T>>>(); //~ E0277 sent
}
#[cfg(twin)]
fn case<T: drm::Driver>() {
    needs_send::<&mut Option<&drm::Device<T>>>();
}

fn main() {}
