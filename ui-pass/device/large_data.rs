//! A device whose data is larger than a page is allocated as a whole.
//@ claim: allocation-covers-device
//@ generations: api, linux-7.3
use driver::{minimal_driver, with_parent};
use kernel::drm;
use kernel::error::Result;

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: [u64; 1024], ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok([7; 1024]))?;
        let data: &[u64; 1024] = &dev;
        assert!(data.iter().all(|&word| word == 7));
        Ok(())
    })
}
