//! A device that is only lent cannot be registered: its owner could register it again.
//@ claim: register-consumes
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;
use kernel::prelude::*;

#[cfg(not(twin))]
type Unregistered<'a, T> = &'a drm::UnregisteredDevice<T>;
#[cfg(twin)]
type Unregistered<'a, T> = drm::UnregisteredDevice<T>;

fn case<T>(parent: &device::Device<device::Bound>, dev: Unregistered<'_, T>) -> Result
where
    T: for<'a> drm::Driver<RegistrationData<'a> = ()>,
{
    // SAFETY: The registration is dropped at once.
    let _ = unsafe { drm::Registration::new(parent, dev, (), 0) }?; //~ E0308 UnregisteredDevice
    Ok(())
}

fn main() {}
