//! The device that registering returns is borrowed for as long as its parent is bound;
//! `EverRegistered` keeps it for longer.
//@ claim: foreign-owned-is-ioctl
//@ generations: api
use driver::Other;
use kernel::device::{Bound, Device};
use kernel::drm::{self, driver::Registration, UnregisteredDevice};
use kernel::prelude::*;

#[cfg(not(twin))]
fn case(
    dev: &Device<Bound>,
    drm: UnregisteredDevice<Other>,
) -> Result<&'static drm::Device<Other, drm::Ioctl>> {
    Registration::new_foreign_owned(dev, drm, (), 0) //~ "lifetime may not live long enough"
}
#[cfg(twin)]
fn case(dev: &Device<Bound>, drm: UnregisteredDevice<Other>) -> Result<drm::EverRegistered<Other>> {
    Registration::new_foreign_owned(dev, drm, (), 0).map(drm::EverRegistered::from)
}

fn main() {}
