//! Data that is given as a value borrows nothing: only data that is made from the parent may
//! borrow it.
//@ claim: foreign-owned-borrows-parent-only
//@ generations: api
use kernel::device::{Bound, Device};
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::prelude::*;

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: Option<&'a Device<Bound>>, parent: faux, ioctls: {});

#[cfg(not(twin))]
fn case(dev: &Device<Bound>, drm: UnregisteredDevice<Gpu>) -> Result {
    Registration::new_foreign_owned(dev, drm, Some(dev), 0).map(|_| ()) //~ E0521 dev
}
#[cfg(twin)]
fn case(dev: &Device<Bound>, drm: UnregisteredDevice<Gpu>) -> Result {
    Registration::new_foreign_owned(dev, drm, None, 0).map(|_| ())
}

fn main() {}
