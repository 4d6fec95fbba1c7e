//! An object is made without knowing anything about its device, also for a device that is
//! registered.
//@ claim: gem-object-is-normal
//@ generations: api, linux-7.3
use kernel::drm::{self, gem::DriverObject, gem::Object};
use kernel::prelude::*;

#[cfg(not(twin))]
fn case<T: DriverObject>(dev: &drm::Device<T::Driver, drm::Registered>, args: T::Args) -> Result {
    Object::<T, drm::Registered>::new(dev, 4096, args).map(drop) //~ E0599 new
}
#[cfg(twin)]
fn case<T: DriverObject>(dev: &drm::Device<T::Driver, drm::Registered>, args: T::Args) -> Result {
    Object::<T, drm::Normal>::new(dev, 4096, args).map(drop)
}

fn main() {}
