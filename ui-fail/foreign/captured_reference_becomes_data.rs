//! Data of a registration that the bus owns cannot hold a reference that its closure captured.
//@ claim: foreign-owned-borrows-parent-only
//@ generations: api
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::{device, faux, prelude::*};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: &'a u64, parent: faux, ioctls: {});

type Parent = faux::Device<device::Bound>;

#[cfg(not(twin))]
fn case(parent: &Parent, drm: UnregisteredDevice<Gpu>, value: &u64) -> Result {
    Registration::new_foreign_owned_with(
        parent,
        drm,
        |_| Ok(KBox::pin(value, GFP_KERNEL)?), //~ "lifetime may not live long enough"
        0,
    )?;
    Ok(())
}
#[cfg(twin)]
fn case(parent: &Parent, drm: UnregisteredDevice<Gpu>, value: &'static u64) -> Result {
    Registration::new_foreign_owned_with(parent, drm, |_| Ok(KBox::pin(value, GFP_KERNEL)?), 0)?;
    Ok(())
}

fn main() {}
