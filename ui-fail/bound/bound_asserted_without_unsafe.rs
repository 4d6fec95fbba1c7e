//! To say that a device is bound without having been told so is `unsafe`.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};

#[cfg(not(twin))]
fn case(dev: &Device) -> &Device<Bound> {
    dev.as_bound() //~ E0133 as_bound
}
#[cfg(twin)]
fn case(dev: &Device) -> &Device<Bound> {
    // SAFETY: The caller knows that the device is bound.
    unsafe { dev.as_bound() }
}

fn main() {}
