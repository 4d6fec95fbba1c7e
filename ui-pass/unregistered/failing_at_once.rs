//! When a device's data fails before any of it was initialised, nothing is dropped.
//@ claim: failed-init-drops-nothing
use driver::{minimal_driver, refused, with_parent, Tracked};
use kernel::alloc::KBox;
use kernel::drm;
use kernel::error::{code::EBUSY, Result};
use std::pin::Pin;

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: [Option<Pin<KBox<Tracked>>>; 8], ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Err(EBUSY));
        refused(dev, EBUSY)
    })
}
