//! Whatever the context, it does not keep a device from being sent to or shared with other threads.
//@ claim: context-thread-safe
//@ generations: api, linux-7.3, linux-7.2
use driver::{needs_send, needs_sync};
use kernel::drm::{Device, DeviceContext, Driver};

pub fn context<C: DeviceContext>() {
    needs_send::<C>();
    needs_sync::<C>();
}

pub fn device<T: Driver, C: DeviceContext>() {
    needs_send::<Device<T, C>>();
    needs_sync::<Device<T, C>>();
}

fn main() {}
