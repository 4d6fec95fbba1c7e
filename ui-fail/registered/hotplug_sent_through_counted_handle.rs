//! A counted handle stays when the device is unregistered, so it sends no hotplug event.
//@ claim: hotplug-needs-registered
//@ generations: api
use kernel::drm;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    dev.hotplug_event(); //~ E0599 hotplug_event
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>, _: &ARef<drm::Device<T>>) {
    guard.hotplug_event();
}

fn main() {}
