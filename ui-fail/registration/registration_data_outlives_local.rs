//! Registration data cannot borrow a local variable that is gone before the registration.
//@ claim: registration-ends-before-borrows
//@ generations: api, linux-7.3
use kernel::device::{Bound, Device};
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::prelude::*;

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: &'a u64, parent: faux, ioctls: {});

#[cfg(not(twin))]
fn case<'a>(dev: &'a Device<Bound>, drm: UnregisteredDevice<Gpu>) -> Result<Registration<'a, Gpu>> {
    let local = 7;
    // SAFETY: The caller drops it before `'a` ends.
    unsafe { Registration::new(dev, drm, &local, 0) } //~ E0515 local
}
#[cfg(twin)]
fn case<'a>(dev: &'a Device<Bound>, drm: UnregisteredDevice<Gpu>) -> Result<Registration<'a, Gpu>> {
    static LOCAL: u64 = 7;
    // SAFETY: The caller drops it before `'a` ends.
    unsafe { Registration::new(dev, drm, &LOCAL, 0) }
}

fn main() {}
