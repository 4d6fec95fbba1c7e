//! The parent that a device lends is `Normal`, so it serves for no second device after the parent
//! was unbound.
//@ claim: unregistered-needs-bound-parent
//@ generations: api, linux-7.3
use kernel::drm;
use kernel::prelude::*;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>, data: T::Data) -> Result {
    let _ = drm::UnregisteredDevice::<T>::new((**dev).as_ref(), Ok(data))?; //~ E0308 Bound
    Ok(())
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>, data: T::Data) -> Result {
    let _ = drm::UnregisteredDevice::<T>::new((*dev).as_ref(), Ok(data))?;
    Ok(())
}

fn main() {}
