//! A counted handle of a device does not tell that the device is bound.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::sync::aref::ARef;

fn uses(_: &Device<Bound>) {}

#[cfg(not(twin))]
fn case(dev: &Device<Bound>) {
    let dev: ARef<Device> = dev.into();
    uses(&dev); //~ E0308 Bound
}
#[cfg(twin)]
fn case(dev: &Device<Bound>) {
    let _: ARef<Device> = dev.into();
    uses(dev);
}

fn main() {}
