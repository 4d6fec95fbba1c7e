//! `hotplug_event()` is no function of devices that were registered once.
//@ claim: hotplug-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>() -> fn(&drm::Device<T, drm::Ioctl>) {
    drm::Device::hotplug_event //~ E0308 "expected fn pointer"
}
#[cfg(twin)]
fn case<T: drm::Driver>() -> fn(&drm::Device<T, drm::Registered>) {
    drm::Device::hotplug_event
}

fn main() {}
