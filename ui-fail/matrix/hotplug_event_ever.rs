//! A hotplug event of an `EverRegistered` handle is refused: it names nodes that exist only while
//! the device is registered.
//@ claim: hotplug-needs-registered
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) {
    dev.hotplug_event(); //~ E0599 hotplug_event
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    dev.hotplug_event();
}

fn main() {}
