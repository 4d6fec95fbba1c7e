//! A register mapping ends with the binding.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::Bound;
use kernel::{io::mem::IoMem, platform, prelude::*};

#[cfg(not(twin))]
fn case(dev: &platform::Device<Bound>) -> Result<IoMem<'static>> {
    let request = dev.io_request_by_index(0).ok_or(ENODEV)?;
    request.iomap() //~ "lifetime may not live long enough"
}
#[cfg(twin)]
fn case(dev: &platform::Device<Bound>) -> Result<IoMem<'_>> {
    let request = dev.io_request_by_index(0).ok_or(ENODEV)?;
    request.iomap()
}

fn main() {}
