//! A handle that remembers the registration asks for a guard before it sends a hotplug event.
//@ claim: hotplug-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) {
    (**dev).hotplug_event(); //~ E0599 hotplug_event
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) {
    if let Some(guard) = dev.registration_guard() {
        (*guard).hotplug_event();
    }
}

fn main() {}
