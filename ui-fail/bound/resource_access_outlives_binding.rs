//! Access to a managed resource ends with the binding that allowed it.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::{devres::Devres, prelude::*};

#[cfg(not(twin))]
fn case<'a>(resource: &'a Devres<u64>, dev: &Device<Bound>) -> Result<&'a u64> {
    resource.access(dev) //~ E0621 dev
}
#[cfg(twin)]
fn case<'a>(resource: &'a Devres<u64>, dev: &'a Device<Bound>) -> Result<&'a u64> {
    resource.access(dev)
}

fn main() {}
