//! Data of a registration that the bus owns cannot borrow a local variable of the probe function.
//@ claim: foreign-owned-borrows-parent-only
//@ generations: api
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::{device, faux, prelude::*};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: &'a u64, parent: faux, ioctls: {});

type Parent = faux::Device<device::Bound>;

#[cfg(not(twin))]
fn case(parent: &Parent, drm: UnregisteredDevice<Gpu>) -> Result {
    let local = 7;
    Registration::new_foreign_owned_with(
        parent,
        drm,
        |_| Ok(KBox::pin(&local, GFP_KERNEL)?), //~ E0597 local
        0,
    )?;
    Ok(())
}
#[cfg(twin)]
fn case(parent: &Parent, drm: UnregisteredDevice<Gpu>) -> Result {
    static LOCAL: u64 = 7;
    Registration::new_foreign_owned_with(parent, drm, |_| Ok(KBox::pin(&LOCAL, GFP_KERNEL)?), 0)?;
    Ok(())
}

fn main() {}
