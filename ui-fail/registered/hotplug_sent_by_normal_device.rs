//! A `Normal` device may not be registered, so it sends no hotplug event.
//@ claim: hotplug-needs-registered
//@ generations: api
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Normal>) {
    dev.hotplug_event(); //~ E0599 hotplug_event
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    dev.hotplug_event();
}

fn main() {}
