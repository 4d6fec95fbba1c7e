//! Opening a file happens in no section, and with a `Normal` device: a node is open to clients
//! before registration has ended.
//@ claim: guard-needs-ioctl
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<F: drm::file::DriverFile>(open: impl Fn(fn(&drm::Device<F::Driver>))) {
    open(|dev| drop(dev.registration_guard())); //~ E0599 registration_guard
}
#[cfg(twin)]
fn case<F: drm::file::DriverFile>(open: impl Fn(fn(&drm::Device<F::Driver, drm::Ioctl>))) {
    open(|dev| drop(dev.registration_guard()));
}

fn main() {}
