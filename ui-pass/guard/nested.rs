//! Guards nest on one thread, and the device stays registered until the last one is dropped.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
use driver::{ioctl_device, with_registration};
use kernel::error::{code::ENODEV, Result};

pub fn main() -> Result {
    with_registration(|registration| {
        let dev = ioctl_device(registration);
        let outer = dev.registration_guard().ok_or(ENODEV)?;
        let inner = dev.registration_guard().ok_or(ENODEV)?;
        drop(outer);
        assert_eq!(inner.registration_data_with(|data| data.value), 7);
        Ok(())
    })
}
