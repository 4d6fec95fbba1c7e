//! A closure that wants its parent for ever cannot make registration data: the parent is lent
//! for a time that the closure must not choose.
//@ claim: foreign-owned-borrows-parent-only
//@ generations: api
use kernel::device::Bound;
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::{faux, prelude::*};

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: &'a faux::Device<Bound>, parent: faux, ioctls: {});

#[cfg(not(twin))]
fn case(parent: &faux::Device<Bound>, drm: UnregisteredDevice<Gpu>) {
    fn keep(
        parent: &'static faux::Device<Bound>,
    ) -> Result<Pin<KBox<&'static faux::Device<Bound>>>> {
        Ok(KBox::pin(parent, GFP_KERNEL)?)
    }
    let _ = Registration::new_foreign_owned_with(
        parent,
        drm,
        |parent| keep(parent), //~ E0521 parent
        0,
    );
}
#[cfg(twin)]
fn case(parent: &faux::Device<Bound>, drm: UnregisteredDevice<Gpu>) {
    fn keep(parent: &faux::Device<Bound>) -> Result<Pin<KBox<&faux::Device<Bound>>>> {
        Ok(KBox::pin(parent, GFP_KERNEL)?)
    }
    let _ = Registration::new_foreign_owned_with(parent, drm, |parent| keep(parent), 0);
}

fn main() {}
