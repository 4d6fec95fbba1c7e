//! Data of a registration cannot hold another bound device, which may be unbound earlier.
//@ claim: foreign-owned-borrows-parent-only
//@ generations: api
use kernel::device::{Bound, Device};
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::{faux, prelude::*};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: &'a Device<Bound>, parent: faux, ioctls: {});

#[cfg(not(twin))]
fn case<'a>(
    parent: &'a faux::Device<Bound>,
    other: &'a Device<Bound>,
    drm: UnregisteredDevice<Gpu>,
) {
    let _ = Registration::new_foreign_owned_with(
        parent,
        drm,
        |_| Ok(KBox::pin(other, GFP_KERNEL)?), //~ "lifetime may not live long enough"
        0,
    );
}
#[cfg(twin)]
fn case<'a>(parent: &'a faux::Device<Bound>, _: &'a Device<Bound>, drm: UnregisteredDevice<Gpu>) {
    let _ = Registration::new_foreign_owned_with(
        parent,
        drm,
        |parent| Ok(KBox::pin(parent.as_ref(), GFP_KERNEL)?),
        0,
    );
}

fn main() {}
