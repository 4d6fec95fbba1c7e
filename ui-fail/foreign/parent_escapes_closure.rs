//! The parent that the data is made from is lent to the closure only.
//@ claim: foreign-owned-borrows-parent-only
//@ generations: api
use driver::Other;
use kernel::device::Bound;
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::{faux, prelude::*};

#[cfg(not(twin))]
fn case(parent: &faux::Device<Bound>, drm: UnregisteredDevice<Other>) -> Result {
    let mut kept: Option<&faux::Device<Bound>> = None;
    let data = KBox::pin((), GFP_KERNEL)?;
    Registration::<Other>::new_foreign_owned_with(
        parent,
        drm,
        |parent| {
            kept = Some(parent); //~ E0521 kept
            Ok(data)
        },
        0,
    )?;
    kept.map(|_| ()).ok_or(EINVAL)
}
#[cfg(twin)]
fn case(parent: &faux::Device<Bound>, drm: UnregisteredDevice<Other>) -> Result {
    let mut kept: Option<&faux::Device<Bound>> = None;
    let data = KBox::pin((), GFP_KERNEL)?;
    Registration::<Other>::new_foreign_owned_with(
        parent,
        drm,
        |_| {
            kept = Some(parent);
            Ok(data)
        },
        0,
    )?;
    kept.map(|_| ()).ok_or(EINVAL)
}

fn main() {}
