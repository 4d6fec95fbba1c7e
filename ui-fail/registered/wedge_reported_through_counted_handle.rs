//! A counted handle is not taken for a registered device, so no hang is reported through it.
//@ claim: wedged-needs-registered
//@ generations: api
use kernel::drm;
use kernel::drm::device::WedgeRecovery;
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &ARef<drm::Device<T>>) {
    let _ = drm::Device::wedged_event(dev, WedgeRecovery::Rebind); //~ E0308 Registered
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Registered>, _: &ARef<drm::Device<T>>) {
    let _ = drm::Device::wedged_event(dev, WedgeRecovery::Rebind);
}

fn main() {}
