//! Registration data is read under a guard; what is computed from it outlives the guard.
//@ claim: registration-data-needs-registered
//@ generations: api, linux-7.3
use driver::{ioctl_device, with_registration};
use kernel::error::{code::ENODEV, Result};

pub fn main() -> Result {
    with_registration(|registration| {
        let guard = ioctl_device(registration).registration_guard();
        let guard = guard.ok_or(ENODEV)?;
        let value = guard.registration_data_with(|data| data.value);
        drop(guard);
        assert_eq!(value, 7);
        Ok(())
    })
}
