//! A bound device that the caller has is no part of the data: its lifetime was the caller's
//! choice. The data takes the parent that it is given.
//@ claim: foreign-owned-borrows-parent-only
//@ generations: api
use kernel::device::{Bound, Device};
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::{faux, prelude::*};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: &'a Device<Bound>, parent: faux, ioctls: {});

type Parent = faux::Device<Bound>;

#[cfg(not(twin))]
fn case(parent: &Parent, drm: UnregisteredDevice<Gpu>) -> Result {
    let dev: &Device<Bound> = parent.as_ref();
    Registration::new_foreign_owned_with(
        parent,
        drm,
        |_| Ok(KBox::pin(dev, GFP_KERNEL)?), //~ "lifetime may not live long enough"
        0,
    )?;
    Ok(())
}
#[cfg(twin)]
fn case(parent: &Parent, drm: UnregisteredDevice<Gpu>) -> Result {
    Registration::new_foreign_owned_with(
        parent,
        drm,
        |parent| Ok(KBox::pin(parent.as_ref(), GFP_KERNEL)?),
        0,
    )?;
    Ok(())
}

fn main() {}
