//! That a device is bound is known for as long as the reference lives, and not for ever.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};

#[cfg(not(twin))]
fn case(dev: &Device<Bound>) -> &'static Device<Bound> {
    dev //~ "lifetime may not live long enough"
}
#[cfg(twin)]
fn case(dev: &Device<Bound>) -> &Device<Bound> {
    dev
}

fn main() {}
