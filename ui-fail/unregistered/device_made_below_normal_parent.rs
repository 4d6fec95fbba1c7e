//! A device is not made below a parent that may not be bound: the DRM core would keep what
//! unbinding takes away.
//@ claim: unregistered-needs-bound-parent
//@ generations: api, linux-7.3
use kernel::device;
use kernel::drm;
use kernel::prelude::*;

#[cfg(not(twin))]
fn case<T: drm::Driver>(parent: &T::ParentDevice<device::Normal>, data: T::Data) -> Result {
    let _ = drm::UnregisteredDevice::<T>::new(parent, Ok(data))?; //~ E0308 Bound
    Ok(())
}
#[cfg(twin)]
fn case<T: drm::Driver>(parent: &T::ParentDevice<device::Bound>, data: T::Data) -> Result {
    let _ = drm::UnregisteredDevice::<T>::new(parent, Ok(data))?;
    Ok(())
}

fn main() {}
