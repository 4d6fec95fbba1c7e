//! Threads share a device by reference, and count handles to it at the same time.
//@ claim: device-is-shared
//@ generations: api, linux-7.3
use driver::{minimal_driver, with_parent};
use kernel::drm::{self, Device};
use kernel::error::Result;
use kernel::sync::aref::ARef;
use std::sync::atomic::{AtomicU32, Ordering};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: AtomicU32, ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let unregistered = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(AtomicU32::new(0)))?;
        let dev: &Device<Gpu> = &unregistered;
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| count(dev));
            }
        });
        assert_eq!(dev.load(Ordering::Relaxed), 100);
        Ok(())
    })
}

fn count(dev: &Device<Gpu>) {
    for _ in 0..25 {
        let handle = ARef::from(dev);
        handle.clone().fetch_add(1, Ordering::Relaxed);
    }
}
