//! The unregistered device is gone once it is registered; a handle that was counted before is not.
//@ claim: register-consumes
//@ generations: api
use kernel::device;
use kernel::drm;
use kernel::prelude::*;
use kernel::sync::aref::ARef;

fn case<T>(parent: &device::Device<device::Bound>, dev: drm::UnregisteredDevice<T>) -> Result
where
    T: for<'a> drm::Driver<RegistrationData<'a> = ()>,
{
    #[cfg(twin)]
    let handle: ARef<drm::Device<T>> = ARef::from(&*dev);
    drm::Registration::new_foreign_owned(parent, dev, (), 0)?;
    #[cfg(not(twin))]
    let handle: ARef<drm::Device<T>> = ARef::from(&*dev); //~ E0382 moved
    drop(handle);
    Ok(())
}

fn main() {}
