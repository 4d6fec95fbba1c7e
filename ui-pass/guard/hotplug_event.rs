//! A hotplug event is sent under a guard.
//@ claim: hotplug-needs-registered
use driver::with_registration;
use kernel::error::{code::ENODEV, Result};

pub fn main() -> Result {
    with_registration(|registration| {
        let guard = registration.ioctl_device().registration_guard();
        guard.ok_or(ENODEV)?.hotplug_event();
        Ok(())
    })
}
