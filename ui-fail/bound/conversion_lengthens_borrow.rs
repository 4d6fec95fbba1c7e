//! Looking at a bound device as a device of its bus borrows it for no longer: the device is still
//! unbound at the same time.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2
use kernel::device::{self, Bound};
use kernel::{platform, prelude::*};

#[cfg(not(twin))]
fn case(dev: &device::Device<Bound>) -> Result<&'static platform::Device<Bound>> {
    dev.try_into() //~ "lifetime may not live long enough"
}
#[cfg(twin)]
fn case(dev: &device::Device<Bound>) -> Result<&platform::Device<Bound>> {
    dev.try_into()
}

fn main() {}
