//! A path without a context is one to the functions of `Normal` devices, which report no hang.
//@ claim: wedged-needs-registered
//@ generations: api
use kernel::drm;
use kernel::drm::device::WedgeRecovery;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = drm::Device::<T>::wedged_event(dev, WedgeRecovery::Rebind); //~ E0599 wedged_event
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>) {
    let _ = drm::Device::<T, drm::Registered>::wedged_event(dev, WedgeRecovery::Rebind);
}

fn main() {}
