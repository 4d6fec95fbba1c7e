//! Registering tells that the device was registered, not that it still is when that is read.
//@ claim: foreign-owned-is-ioctl
//@ generations: api
use driver::Other;
use kernel::device::{Bound, Device};
use kernel::drm::{self, driver::Registration, UnregisteredDevice};
use kernel::prelude::*;

#[cfg(not(twin))]
fn case(dev: &Device<Bound>, drm: UnregisteredDevice<Other>) -> Result {
    let drm: Result<&drm::Device<Other, drm::Registered>> =
        Registration::new_foreign_owned(dev, drm, (), 0); //~ E0308 Registered
    drm.map(|_| ())
}
#[cfg(twin)]
fn case(dev: &Device<Bound>, drm: UnregisteredDevice<Other>) -> Result {
    let drm: Result<&drm::Device<Other, drm::Ioctl>> =
        Registration::new_foreign_owned(dev, drm, (), 0);
    drm.map(|_| ())
}

fn main() {}
