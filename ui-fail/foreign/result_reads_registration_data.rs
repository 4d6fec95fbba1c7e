//! Who has registered a device must still ask for a guard before reading the registration data.
//@ claim: foreign-owned-is-ioctl
//@ generations: api
use driver::Other;
use kernel::device::Bound;
use kernel::drm::{self, driver::Registration, UnregisteredDevice};
use kernel::{faux, prelude::*};

fn data(_: &faux::Device<Bound>) -> Result<Pin<KBox<()>>> {
    Ok(KBox::pin((), GFP_KERNEL)?)
}

#[cfg(not(twin))]
fn case(parent: &faux::Device<Bound>, drm: UnregisteredDevice<Other>) -> Result {
    let drm = Registration::new_foreign_owned_with(parent, drm, data, 0)?;
    drm::Device::registration_data_with(drm, |_| Ok(())) //~ E0308 Registered
}
#[cfg(twin)]
fn case(parent: &faux::Device<Bound>, drm: UnregisteredDevice<Other>) -> Result {
    let drm = Registration::new_foreign_owned_with(parent, drm, data, 0)?;
    let guard = drm.registration_guard().ok_or(ENODEV)?;
    drm::Device::registration_data_with(&guard, |_| Ok(()))
}

fn main() {}
