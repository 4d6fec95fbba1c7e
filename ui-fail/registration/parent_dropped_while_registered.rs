//! The parent cannot be dropped, and so unbound, while a registration borrows it.
//@ claim: registration-ends-before-borrows
//@ generations: api, linux-7.3
use driver::Other;
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::faux;
use kernel::prelude::*;

#[cfg(not(twin))]
fn case(parent: faux::Registration, drm: UnregisteredDevice<Other>) -> Result {
    // SAFETY: It is dropped before the parent, if the compiler sees to it.
    let registration = unsafe { Registration::new(parent.as_ref().as_ref(), drm, (), 0)? };
    drop(parent); //~ E0505 parent
    drop(registration);
    Ok(())
}
#[cfg(twin)]
fn case(parent: faux::Registration, drm: UnregisteredDevice<Other>) -> Result {
    // SAFETY: It is dropped before the parent.
    let registration = unsafe { Registration::new(parent.as_ref().as_ref(), drm, (), 0)? };
    drop(registration);
    drop(parent);
    Ok(())
}

fn main() {}
