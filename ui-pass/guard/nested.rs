//! Guards nest on one thread, and the device stays registered until the last one is dropped.
//@ claim: guard-lends-no-longer
use driver::with_registration;
use kernel::error::{code::ENODEV, Result};

pub fn main() -> Result {
    with_registration(|registration| {
        let dev = registration.ioctl_device();
        let outer = dev.registration_guard().ok_or(ENODEV)?;
        let inner = dev.registration_guard().ok_or(ENODEV)?;
        drop(outer);
        assert_eq!(inner.registration_data_with(|data| data.value), 7);
        Ok(())
    })
}
