//! Whatever is known about a device is known on every thread that a reference to it is lent to.
//@ claim: context-thread-safe
//@ generations: api, linux-7.3
use driver::{ioctl_device, needs_send, needs_sync, with_registration, Probe};
use kernel::drm::{Device, Ioctl, Normal, Registered};
use kernel::error::{code::ENODEV, Result};
use std::thread;

pub fn main() -> Result {
    needs_send::<Device<Probe, Normal>>();
    needs_send::<Device<Probe, Ioctl>>();
    needs_send::<Device<Probe, Registered>>();
    needs_sync::<Device<Probe, Normal>>();
    with_registration(|registration| {
        let ioctl: &Device<Probe, Ioctl> = ioctl_device(registration);
        let guard = ioctl.registration_guard().ok_or(ENODEV)?;
        let registered: &Device<Probe, Registered> = &guard;
        thread::scope(|scope| {
            scope.spawn(|| assert!(ioctl.registration_guard().is_some()));
            scope.spawn(|| {
                let value = registered.registration_data_with(|data| data.value);
                assert_eq!(value, 7);
            });
        });
        Ok(())
    })
}
