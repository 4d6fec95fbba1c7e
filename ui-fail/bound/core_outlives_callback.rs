//! A device in the context of a bus callback cannot be kept for longer than the callback, not
//! even for as long as the device is bound.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Core, Device};

#[cfg(not(twin))]
fn case<'bound, 'core>(dev: &'bound Device<Core<'core>>) -> &'bound Device<Core<'bound>> {
    dev //~ "lifetime may not live long enough"
}
#[cfg(twin)]
fn case<'bound, 'core>(dev: &'bound Device<Core<'core>>) -> &'bound Device<kernel::device::Bound> {
    dev
}

fn main() {}
