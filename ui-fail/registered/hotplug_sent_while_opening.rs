//! A file may be opened before registration has ended, so opening it sends no hotplug event.
//@ claim: hotplug-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<F: drm::file::DriverFile>(open: impl Fn(fn(&drm::Device<F::Driver>))) {
    open(|dev| dev.hotplug_event()); //~ E0599 hotplug_event
}
#[cfg(twin)]
fn case<F: drm::file::DriverFile>(open: impl Fn(fn(&drm::Device<F::Driver, drm::Registered>))) {
    open(|dev| dev.hotplug_event());
}

fn main() {}
