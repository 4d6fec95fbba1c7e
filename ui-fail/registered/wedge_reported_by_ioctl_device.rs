//! A closure for devices that were registered once cannot report a hang without asking for a guard.
//@ claim: wedged-needs-registered
//@ generations: api
use kernel::drm;
use kernel::drm::device::WedgeRecovery;

#[cfg(not(twin))]
fn case<T: drm::Driver>() -> impl Fn(&drm::Device<T, drm::Ioctl>) {
    |dev| _ = dev.wedged_event(WedgeRecovery::Rebind) //~ E0599 wedged_event
}
#[cfg(twin)]
fn case<T: drm::Driver>() -> impl Fn(&drm::Device<T, drm::Registered>) {
    |dev| _ = dev.wedged_event(WedgeRecovery::Rebind)
}

fn main() {}
