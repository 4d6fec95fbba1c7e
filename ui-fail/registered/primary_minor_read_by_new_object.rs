//! A GEM object may be made before its device is registered, so making it reads no minor number.
//@ claim: minor-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<B: drm::gem::DriverObject>(new: impl Fn(fn(&drm::Device<B::Driver>))) {
    new(|dev| _ = dev.primary_minor()); //~ E0599 primary_minor
}
#[cfg(twin)]
fn case<B: drm::gem::DriverObject>(new: impl Fn(fn(&drm::Device<B::Driver, drm::Registered>))) {
    new(|dev| _ = dev.primary_minor());
}

fn main() {}
