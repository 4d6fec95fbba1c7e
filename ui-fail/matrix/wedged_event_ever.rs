//! A wedged event of an `EverRegistered` handle is refused: it names nodes that exist only while
//! the device is registered.
//@ claim: wedged-needs-registered
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) {
    let _ = dev.wedged_event(drm::WedgeRecovery::Rebind); //~ E0599 wedged_event
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = dev.wedged_event(drm::WedgeRecovery::Rebind);
}

fn main() {}
