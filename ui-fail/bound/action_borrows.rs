//! What is dropped when a device is unbound borrows nothing of the function that registers it.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::{devres, prelude::*};

#[cfg(not(twin))]
fn case(dev: &Device<Bound>) -> Result {
    let value = 7;
    devres::register::<&i32, Error>(dev, Ok(&value), GFP_KERNEL) //~ E0597 value
}
#[cfg(twin)]
fn case(dev: &Device<Bound>) -> Result {
    let value = 7;
    devres::register::<i32, Error>(dev, Ok(value), GFP_KERNEL)
}

fn main() {}
