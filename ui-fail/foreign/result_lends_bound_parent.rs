//! Who has registered a device cannot get its bound parent back from it without a guard.
//@ claim: foreign-owned-is-ioctl
//@ generations: api
use driver::Other;
use kernel::device::{Bound, Device};
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::{faux, prelude::*};

fn parent(_: &faux::Device<Bound>) {}

#[cfg(not(twin))]
fn case(dev: &Device<Bound>, drm: UnregisteredDevice<Other>) -> Result {
    let drm = Registration::new_foreign_owned(dev, drm, (), 0)?;
    parent(drm.as_ref()); //~ E0308 Bound
    Ok(())
}
#[cfg(twin)]
fn case(dev: &Device<Bound>, drm: UnregisteredDevice<Other>) -> Result {
    let drm = Registration::new_foreign_owned(dev, drm, (), 0)?;
    parent(drm.registration_guard().ok_or(ENODEV)?.as_ref());
    Ok(())
}

fn main() {}
