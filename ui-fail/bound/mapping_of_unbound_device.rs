//! The registers of a device that may be unbound cannot be mapped.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::io::mem::IoRequest;
use kernel::{device, platform};

#[cfg(not(twin))]
fn case(dev: &platform::Device<device::Normal>) -> Option<IoRequest<'_>> {
    dev.io_request_by_index(0) //~ E0599 io_request_by_index
}
#[cfg(twin)]
fn case(dev: &platform::Device<device::Bound>) -> Option<IoRequest<'_>> {
    dev.io_request_by_index(0)
}

fn main() {}
