//! A driver cannot declare what is known about a bus device.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device;

#[cfg(not(twin))]
struct AlwaysBound;
#[cfg(not(twin))]
impl device::DeviceContext for AlwaysBound {} //~ E0277 Sealed
#[cfg(twin)]
use device::Bound as AlwaysBound;

fn case(_: &device::Device<AlwaysBound>) {}

fn main() {}
