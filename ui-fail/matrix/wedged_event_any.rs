//! A wedged event of a device in any context is refused: it names nodes that exist only while the
//! device is registered.
//@ claim: wedged-needs-registered
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver, C: drm::DeviceContext>(dev: &drm::Device<T, C>) {
    let _ = dev.wedged_event(drm::WedgeRecovery::Rebind); //~ E0599 wedged_event
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = dev.wedged_event(drm::WedgeRecovery::Rebind);
}

fn main() {}
