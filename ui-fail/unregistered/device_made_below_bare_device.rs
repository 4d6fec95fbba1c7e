//! A device is made below the bus device that its driver names, not below any device of the driver
//! core.
//@ claim: unregistered-needs-bound-parent
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;
use kernel::prelude::*;

#[cfg(not(twin))]
fn case<T: drm::Driver>(parent: &device::Device<device::Bound>, data: T::Data) -> Result {
    let _ = drm::UnregisteredDevice::<T>::new(parent, Ok(data))?; //~ E0308 ParentDevice
    Ok(())
}
#[cfg(twin)]
fn case<T: drm::Driver>(parent: &T::ParentDevice<device::Bound>, data: T::Data) -> Result {
    let _ = drm::UnregisteredDevice::<T>::new(parent, Ok(data))?;
    Ok(())
}

fn main() {}
