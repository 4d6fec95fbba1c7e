//! A counted handle to a device gives no right to register it.
//@ claim: register-consumes
//@ generations: api
use kernel::device;
use kernel::drm;
use kernel::prelude::*;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
type Unregistered<T> = ARef<drm::Device<T>>;
#[cfg(twin)]
type Unregistered<T> = drm::UnregisteredDevice<T>;

fn case<T>(parent: &device::Device<device::Bound>, dev: Unregistered<T>) -> Result
where
    T: for<'a> drm::Driver<RegistrationData<'a> = ()>,
{
    let handle = ARef::from(&*dev);
    drm::Registration::new_foreign_owned(parent, dev, (), 0)?; //~ E0308 UnregisteredDevice
    drop(handle);
    Ok(())
}

fn main() {}
