//! Registering with data that borrows needs `unsafe`: who forgets the registration leaves
//! userspace with data whose borrows have ended.
//@ claim: register-needs-proof
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm::{self, driver::Registration};
use kernel::prelude::*;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(
    dev: &'a device::Device<device::Bound>,
    drm: drm::UnregisteredDevice<T>,
    data: impl PinInit<T::RegistrationData<'a>, Error>,
) -> Result<Registration<'a, T>> {
    Registration::new(dev, drm, data, 0) //~ E0133 new
}
#[cfg(twin)]
fn case<'a, T: drm::Driver>(
    dev: &'a device::Device<device::Bound>,
    drm: drm::UnregisteredDevice<T>,
    data: impl PinInit<T::RegistrationData<'a>, Error>,
) -> Result<Registration<'a, T>> {
    // SAFETY: The caller drops the registration before `'a` ends.
    unsafe { Registration::new(dev, drm, data, 0) }
}

fn main() {}
