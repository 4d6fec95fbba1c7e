//! A device without data is allocated as a whole.
//@ claim: allocation-covers-device
//@ generations: api, linux-7.3
use driver::{minimal_driver, with_parent};
use kernel::drm;
use kernel::error::Result;

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (), ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        let data: &() = &dev;
        assert_eq!(*data, ());
        Ok(())
    })
}
