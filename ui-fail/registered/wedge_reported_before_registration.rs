//! Nobody listens to a device that was not registered yet, and its node does not exist: it reports
//! no hang.
//@ claim: wedged-needs-registered
//@ generations: api
use kernel::drm;
use kernel::drm::device::WedgeRecovery;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::UnregisteredDevice<T>) {
    let _ = (**dev).wedged_event(WedgeRecovery::Rebind); //~ E0599 wedged_event
}
#[cfg(twin)]
fn case<T: drm::Driver>(guard: &drm::RegistrationGuard<'_, T>) {
    let _ = (**guard).wedged_event(WedgeRecovery::Rebind);
}

fn main() {}
