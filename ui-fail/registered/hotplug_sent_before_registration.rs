//! A device that was not registered yet has no node in sysfs to send a hotplug event from.
//@ claim: hotplug-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    drm::Device::hotplug_event(dev); //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    drm::Device::hotplug_event(dev);
}

fn main() {}
