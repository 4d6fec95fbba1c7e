//! A driver for the faux bus makes no device below a platform device: the parent would be taken for
//! a type that it is not.
//@ claim: unregistered-needs-bound-parent
//@ generations: api, linux-7.3
use driver::Probe;
use kernel::device;
use kernel::drm;
use kernel::prelude::*;

#[cfg(not(twin))]
type Parent = kernel::platform::Device<device::Bound>;
#[cfg(twin)]
type Parent = kernel::faux::Device<device::Bound>;

fn case(parent: &Parent) -> Result {
    let _ = drm::UnregisteredDevice::<Probe>::new(parent, driver::data())?; //~ E0308 "a different"
    Ok(())
}

fn main() {}
