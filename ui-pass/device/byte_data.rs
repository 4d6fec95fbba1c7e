//! A device with a byte of data is allocated as a whole, whatever comes behind that byte.
//@ claim: allocation-covers-device
//@ generations: api, linux-7.3
use driver::{minimal_driver, with_parent};
use kernel::drm;
use kernel::error::Result;
use std::sync::atomic::{AtomicU8, Ordering};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: AtomicU8, ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(AtomicU8::new(7)))?;
        dev.fetch_add(1, Ordering::Relaxed);
        assert_eq!(dev.load(Ordering::Relaxed), 8);
        Ok(())
    })
}
