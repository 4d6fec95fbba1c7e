//! A counted handle to a bus device does not keep it bound, so no device is made below it.
//@ claim: unregistered-needs-bound-parent
//@ generations: api, linux-7.3
use core::ops::Deref;
use kernel::device;
use kernel::drm;
use kernel::prelude::*;

#[cfg(not(twin))]
type Context = device::Normal;
#[cfg(twin)]
type Context = device::Bound;

fn case<T: drm::Driver>(
    parent: impl Deref<Target = T::ParentDevice<Context>>,
    data: T::Data,
) -> Result {
    let _ = drm::UnregisteredDevice::<T>::new(&*parent, Ok(data))?; //~ E0308 Bound
    Ok(())
}

fn main() {}
