//! An object of one driver is not made for a device of another: its data would be of the wrong
//! type.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::{OtherBuffer, Probe};
use kernel::drm::{self, gem::Object};
use kernel::page::PAGE_SIZE;
use kernel::prelude::*;

#[cfg(not(twin))]
fn case(dev: &drm::Device<Probe>) -> Result {
    Object::<OtherBuffer>::new(dev, PAGE_SIZE, ())?; //~ E0308 Other
    Ok(())
}
#[cfg(twin)]
fn case(_: &drm::Device<Probe>, dev: &drm::Device<driver::Other>) -> Result {
    Object::<OtherBuffer>::new(dev, PAGE_SIZE, ())?;
    Ok(())
}

fn main() {}
