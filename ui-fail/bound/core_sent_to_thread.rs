//! What a bus callback may do with its device, it does on its own thread, under the device's lock.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::needs_send;
use kernel::device::{Core, Device};

#[cfg(not(twin))]
fn case<'a>(_: &'a Device<Core<'a>>) {
    needs_send::<&'a Device<Core<'a>>>(); //~ E0277 Core
}
#[cfg(twin)]
fn case<'a>(_: &'a Device<Core<'a>>) {
    needs_send::<&'a Device<kernel::device::Bound>>();
}

fn main() {}
