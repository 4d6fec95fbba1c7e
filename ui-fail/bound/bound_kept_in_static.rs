//! A static outlives every binding, so it cannot hold a bound device.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::sync::Mutex;

#[cfg(not(twin))]
fn case(slot: &'static Mutex<Option<&'static Device<Bound>>>, dev: &Device<Bound>) {
    *slot.lock() = Some(dev); //~ E0521 dev
}
#[cfg(twin)]
fn case(slot: &'static Mutex<Option<kernel::sync::aref::ARef<Device>>>, dev: &Device<Bound>) {
    *slot.lock() = Some(dev.into());
}

fn main() {}
