//! Two devices below one parent are registered, told apart by their data, and unplugged one by one.
//@ claim: driver-leaves-nothing
//@ generations: api, linux-7.3
use driver::{data, ioctl_device, registration_data, with_parent, Probe};
use kernel::drm::{self, Registration};
use kernel::error::{code::ENODEV, Result};
use kernel::{device, faux};

pub fn main() -> Result {
    with_parent(|parent| {
        let first = register(parent, 1)?;
        let second = register(parent, 2)?;
        assert_eq!(value(&first)?, 1);
        drop(first);
        assert_eq!(value(&second)?, 2);
        Ok(())
    })
}

fn register(parent: &faux::Device<device::Bound>, value: u64) -> Result<Registration<'_, Probe>> {
    let dev = drm::UnregisteredDevice::new(parent, data())?;
    // SAFETY: The caller keeps the registration on its stack, below a parent that is bound.
    unsafe { Registration::new(parent.as_ref(), dev, registration_data(value, None), 0) }
}

fn value(registration: &Registration<'_, Probe>) -> Result<u64> {
    let guard = ioctl_device(registration).registration_guard();
    let guard = guard.ok_or(ENODEV)?;
    Ok(guard.registration_data_with(|data| data.value))
}
