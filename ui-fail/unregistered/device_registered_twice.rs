//! A device is not registered a second time, not even when the first attempt failed.
//@ claim: register-consumes
//@ generations: api
use kernel::device;
use kernel::drm;
use kernel::prelude::*;

fn case<T>(parent: &device::Device<device::Bound>, dev: drm::UnregisteredDevice<T>) -> Result
where
    T: for<'a> drm::Driver<RegistrationData<'a> = ()>,
{
    let first = drm::Registration::new_foreign_owned(parent, dev, (), 0);
    #[cfg(not(twin))]
    let first = first.or_else(|_| drm::Registration::new_foreign_owned(parent, dev, (), 0)); //~ E0382 moved
    first?;
    Ok(())
}

fn main() {}
