//! A managed resource may be dropped long after the function that made it; it borrows nothing.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::{devres::Devres, prelude::*};

#[cfg(not(twin))]
fn case(dev: &Device<Bound>, value: &u64) -> Result {
    Devres::<&u64>::new(dev, Ok::<_, Error>(value)).map(drop) //~ E0521 value
}
#[cfg(twin)]
fn case(dev: &Device<Bound>, value: &u64) -> Result {
    Devres::<u64>::new(dev, Ok::<_, Error>(*value)).map(drop)
}

fn main() {}
