//! An auxiliary device that may be unbound tells nothing about the device that it is a part of.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::{auxiliary, device};

#[cfg(not(twin))]
fn case(dev: &auxiliary::Device<device::Normal>) -> &Device<Bound> {
    dev.parent() //~ E0308 Bound
}
#[cfg(twin)]
fn case(dev: &auxiliary::Device<device::Bound>) -> &Device<Bound> {
    dev.parent()
}

fn main() {}
