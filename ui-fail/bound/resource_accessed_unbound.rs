//! A managed resource is open to who shows that its device is bound, and to nobody else.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{self, Device};
use kernel::{devres::Devres, prelude::*};

#[cfg(not(twin))]
fn case<'a>(resource: &'a Devres<u64>, dev: &'a Device<device::Normal>) -> Result<&'a u64> {
    resource.access(dev) //~ E0308 Bound
}
#[cfg(twin)]
fn case<'a>(resource: &'a Devres<u64>, dev: &'a Device<device::Bound>) -> Result<&'a u64> {
    resource.access(dev)
}

fn main() {}
