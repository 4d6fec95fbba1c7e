//! A wedged event of a counted handle is refused: it names nodes that exist only while the device
//! is registered.
//@ claim: wedged-needs-registered
use kernel::drm;
#[cfg(not(twin))]
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    let _ = dev.wedged_event(drm::WedgeRecovery::Rebind); //~ E0599 wedged_event
}

#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = dev.wedged_event(drm::WedgeRecovery::Rebind);
}

fn main() {}
