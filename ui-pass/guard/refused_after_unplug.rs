//! A device that was unplugged gives no guard any more, however often it is asked.
//@ claim: guard-not-forged
use driver::with_registration;
use kernel::drm::EverRegistered;
use kernel::error::Result;

pub fn main() -> Result {
    let dev =
        with_registration(|registration| Ok(EverRegistered::from(registration.ioctl_device())))?;
    for _ in 0..3 {
        assert!(dev.registration_guard().is_none());
    }
    Ok(())
}
