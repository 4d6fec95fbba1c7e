//! The device that registering returns cannot be used after its parent was dropped.
//@ claim: foreign-owned-is-ioctl
//@ generations: api
use driver::Other;
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::faux;
use kernel::prelude::*;

#[cfg(not(twin))]
fn case(parent: faux::Registration, drm: UnregisteredDevice<Other>) -> Result {
    let drm = Registration::new_foreign_owned(parent.as_ref().as_ref(), drm, (), 0)?;
    drop(parent); //~ E0505 parent
    drm.registration_guard().map(drop).ok_or(ENODEV)
}
#[cfg(twin)]
fn case(parent: faux::Registration, drm: UnregisteredDevice<Other>) -> Result {
    let drm = Registration::new_foreign_owned(parent.as_ref().as_ref(), drm, (), 0)?;
    drm.registration_guard().map(drop).ok_or(ENODEV)?;
    drop(parent);
    Ok(())
}

fn main() {}
