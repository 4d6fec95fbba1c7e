//! What registering lends ends with the binding, which ends the registration.
//@ claim: registration-ends-before-borrows
//@ generations: linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::{drm, error::Result};

#[cfg(not(twin))]
fn case<T: drm::Driver + 'static>(
    dev: drm::UnregisteredDevice<T>,
    parent: &Device<Bound>,
) -> Result<&'static drm::Device<T>> {
    drm::Registration::new_foreign_owned(dev, parent, 0) //~ "lifetime may not live long enough"
}
#[cfg(twin)]
fn case<T: drm::Driver + 'static>(
    dev: drm::UnregisteredDevice<T>,
    parent: &Device<Bound>,
) -> Result<&drm::Device<T>> {
    drm::Registration::new_foreign_owned(dev, parent, 0)
}

fn main() {}
