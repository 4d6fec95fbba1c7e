//! A device that is registered cannot be registered again.
//@ claim: register-consumes
//@ generations: api
use kernel::device;
use kernel::drm;
use kernel::prelude::*;

#[cfg(not(twin))]
type Again<'a, T> = &'a drm::Device<T, drm::Registered>;
#[cfg(twin)]
type Again<'a, T> = drm::UnregisteredDevice<T>;

fn case<T>(parent: &device::Device<device::Bound>, dev: Again<'_, T>) -> Result
where
    T: for<'a> drm::Driver<RegistrationData<'a> = ()>,
{
    drm::Registration::new_foreign_owned(parent, dev, (), 0)?; //~ E0308 UnregisteredDevice
    Ok(())
}

fn main() {}
