//! Code for any context cannot send a hotplug event: it may be called with a device that is not
//! registered.
//@ claim: hotplug-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    drm::Device::<T, C>::hotplug_event(dev); //~ E0599 hotplug_event
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    drm::Device::<T, drm::Registered>::hotplug_event(dev);
}

fn main() {}
