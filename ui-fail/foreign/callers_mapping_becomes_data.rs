//! A register mapping that was made outside of the closure is bound to the caller's lifetime; the
//! data maps what it needs from the parent that it is given.
//@ claim: foreign-owned-borrows-parent-only
//@ generations: api
use kernel::device::Bound;
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::io::mem::IoMem;
use kernel::{platform, prelude::*};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: IoMem<'a>, parent: platform, ioctls: {});

fn map(parent: &platform::Device<Bound>) -> Result<IoMem<'_>> {
    parent.io_request_by_index(0).ok_or(ENODEV)?.iomap()
}

#[cfg(not(twin))]
fn case(parent: &platform::Device<Bound>, drm: UnregisteredDevice<Gpu>) -> Result {
    let regs = map(parent)?;
    Registration::new_foreign_owned_with(
        parent,
        drm,
        move |_| Ok(KBox::pin(regs, GFP_KERNEL)?), //~ "lifetime may not live long enough"
        0,
    )?;
    Ok(())
}
#[cfg(twin)]
fn case(parent: &platform::Device<Bound>, drm: UnregisteredDevice<Gpu>) -> Result {
    Registration::new_foreign_owned_with(
        parent,
        drm,
        move |parent| Ok(KBox::pin(map(parent)?, GFP_KERNEL)?),
        0,
    )?;
    Ok(())
}

fn main() {}
