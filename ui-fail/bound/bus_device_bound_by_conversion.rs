//! Looking at a device as a device of its bus does not make it bound.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{self, Bound};
use kernel::platform;

fn convert<'a>(_: impl TryInto<&'a platform::Device<Bound>>) {}

#[cfg(not(twin))]
fn case(dev: &device::Device<device::Normal>) {
    convert(dev); //~ E0277 Bound
}
#[cfg(twin)]
fn case(dev: &device::Device<device::Bound>) {
    convert(dev);
}

fn main() {}
