//! The data of a DRM device may outlive the binding of its parent, so it cannot hold the bound
//! parent.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3
use kernel::device::{Bound, Device};
use kernel::drm::{self, UnregisteredDevice};
use kernel::{faux, prelude::*};

#[cfg(not(twin))]
fn case<T>(parent: &faux::Device<Bound>) -> Result<UnregisteredDevice<T>>
where
    T: drm::Driver<Data = &'static Device<Bound>, ParentDevice<Bound> = faux::Device<Bound>>,
{
    UnregisteredDevice::new(parent, Ok(parent.as_ref())) //~ E0521 parent
}
#[cfg(twin)]
fn case<T>(parent: &'static faux::Device<Bound>) -> Result<UnregisteredDevice<T>>
where
    T: drm::Driver<Data = &'static Device<Bound>, ParentDevice<Bound> = faux::Device<Bound>>,
{
    UnregisteredDevice::new(parent, Ok(parent.as_ref()))
}

fn main() {}
