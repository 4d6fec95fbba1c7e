//! Data that is given as a value cannot borrow a local variable: the bus keeps it for longer.
//@ claim: foreign-owned-borrows-parent-only
//@ generations: api
use kernel::device::{Bound, Device};
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::prelude::*;

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: &'a u64, parent: faux, ioctls: {});

#[cfg(not(twin))]
fn case(dev: &Device<Bound>, drm: UnregisteredDevice<Gpu>) -> Result {
    let local = 7;
    Registration::new_foreign_owned(dev, drm, &local, 0).map(|_| ()) //~ E0597 local
}
#[cfg(twin)]
fn case(dev: &Device<Bound>, drm: UnregisteredDevice<Gpu>) -> Result {
    static LOCAL: u64 = 7;
    Registration::new_foreign_owned(dev, drm, &LOCAL, 0).map(|_| ())
}

fn main() {}
