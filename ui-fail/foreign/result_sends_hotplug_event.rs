//! Who has registered a device must still ask whether it is registered before telling userspace
//! about an output.
//@ claim: foreign-owned-is-ioctl
//@ generations: api
use driver::Other;
use kernel::device::{Bound, Device};
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::prelude::*;

#[cfg(not(twin))]
fn case(dev: &Device<Bound>, drm: UnregisteredDevice<Other>) -> Result {
    let drm = Registration::new_foreign_owned(dev, drm, (), 0)?;
    drm.hotplug_event(); //~ E0599 hotplug_event
    Ok(())
}
#[cfg(twin)]
fn case(dev: &Device<Bound>, drm: UnregisteredDevice<Other>) -> Result {
    let drm = Registration::new_foreign_owned(dev, drm, (), 0)?;
    drm.registration_guard().ok_or(ENODEV)?.hotplug_event();
    Ok(())
}

fn main() {}
