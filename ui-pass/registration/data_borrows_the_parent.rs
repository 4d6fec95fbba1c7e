//! Registration data borrows the bound parent, and handlers see that it is bound.
//@ claim: registration-ends-before-borrows
//@ generations: api, linux-7.3
use driver::{data, ioctl_device, registration_data, with_parent, Probe};
use kernel::drm;
use kernel::error::{code::ENODEV, Result};

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let data = registration_data(7, Some(parent.as_ref()));
        // SAFETY: The registration is dropped at the end of this closure, below a bound parent.
        let registration = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) }?;
        let guard = ioctl_device(&registration).registration_guard();
        guard.ok_or(ENODEV)?.registration_data_with(|data| {
            assert_eq!(data.parent.map(|parent| parent.name()), Some(c"probe"));
        });
        Ok(())
    })
}
