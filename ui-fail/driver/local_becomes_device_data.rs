//! The data of a device cannot borrow a local variable of the probe function.
//@ claim: driver-is-static
//@ generations: api, linux-7.3
use kernel::device::Bound;
use kernel::drm::UnregisteredDevice;
use kernel::{faux, prelude::*};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: &'static u64, ioctls: {});

#[cfg(not(twin))]
fn case(parent: &faux::Device<Bound>) -> Result {
    let value = 7;
    drop(UnregisteredDevice::<Gpu>::new(parent, Ok(&value))?); //~ E0597 value
    Ok(())
}
#[cfg(twin)]
fn case(parent: &faux::Device<Bound>) -> Result {
    static VALUE: u64 = 7;
    drop(UnregisteredDevice::<Gpu>::new(parent, Ok(&VALUE))?);
    Ok(())
}

fn main() {}
