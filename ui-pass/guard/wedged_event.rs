//! A wedged event is sent under a guard, for every way to recover.
//@ claim: wedged-needs-registered
use driver::with_registration;
use kernel::drm::WedgeRecovery;
use kernel::error::{code::ENODEV, Result};

pub fn main() -> Result {
    with_registration(|registration| {
        let guard = registration.ioctl_device().registration_guard();
        let guard = guard.ok_or(ENODEV)?;
        guard.wedged_event(WedgeRecovery::None)?;
        guard.wedged_event(WedgeRecovery::Rebind)?;
        guard.wedged_event(WedgeRecovery::BusReset)?;
        guard.wedged_event(WedgeRecovery::Vendor)
    })
}
