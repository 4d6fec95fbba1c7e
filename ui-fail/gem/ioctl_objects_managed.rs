//! Objects that know their device to have been registered are no memory manager's: a driver makes
//! objects before it registers.
//@ claim: gem-object-is-normal
//@ generations: api
use kernel::drm::{self, driver::AllocImpl, gem::DriverObject, gem::Object};

fn manages<T: AllocImpl>() {}

#[cfg(not(twin))]
fn case<T: DriverObject>() {
    manages::<Object<T, drm::Ioctl>>(); //~ E0277 "memory manager"
}
#[cfg(twin)]
fn case<T: DriverObject>() {
    manages::<Object<T, drm::Normal>>();
}

fn main() {}
