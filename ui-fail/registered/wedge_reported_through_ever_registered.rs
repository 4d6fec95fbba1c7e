//! A handle that remembers the registration reports no hang: the device may be gone.
//@ claim: wedged-needs-registered
//@ generations: api
use kernel::drm;
use kernel::drm::device::WedgeRecovery;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) {
    let _ = dev.wedged_event(WedgeRecovery::Rebind); //~ E0599 wedged_event
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::EverRegistered<T>) {
    if let Some(guard) = dev.registration_guard() {
        let _ = guard.wedged_event(WedgeRecovery::Rebind);
    }
}

fn main() {}
