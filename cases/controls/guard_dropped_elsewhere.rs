//! A guard that is dropped on another thread than it was taken on.
//@ claim: guard-stays-on-thread
//@ generations: api, linux-7.3
//@ violation: exit-on-wrong-thread
use driver::{ioctl_device, with_registration, Probe};
use kernel::drm::RegistrationGuard;
use kernel::error::{code::ENODEV, Result};
use std::thread;

struct Sent<'a>(RegistrationGuard<'a, Probe>);

// SAFETY: BREAKS the rule that a guard stays on its thread.
unsafe impl Send for Sent<'_> {}

pub fn main() -> Result {
    with_registration(|registration| {
        let guard = ioctl_device(registration).registration_guard();
        let guard = Sent(guard.ok_or(ENODEV)?);
        thread::scope(|scope| {
            scope.spawn(move || {
                let guard = guard;
                drop(guard.0);
            });
        });
        Ok(())
    })
}
