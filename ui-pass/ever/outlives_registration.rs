//! A handle that remembers the registration outlives registration and parent, says so when it is
//! asked, and is the last to go, on another thread.
//@ claim: ever-needs-ioctl
use driver::{with_registration, Probe};
use kernel::drm::EverRegistered;
use kernel::error::Result;
use std::thread;

pub fn main() -> Result {
    let dev: EverRegistered<Probe> = with_registration(|registration| {
        let dev = EverRegistered::from(registration.ioctl_device());
        assert!(dev.registration_guard().is_some());
        Ok(dev.clone())
    })?;
    thread::scope(|scope| {
        scope.spawn(move || {
            assert!(dev.registration_guard().is_none());
            assert_eq!(dev.value, 7);
        });
    });
    Ok(())
}
