//! When a device's data fails before any of it was initialised, nothing is dropped.
//@ claim: failed-init-drops-nothing
//@ generations: api, linux-7.3
use driver::{minimal_driver, refused, with_parent, Tracked};
use kernel::drm;
use kernel::error::{code::EBUSY, Result};

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Tracked, ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Err(EBUSY));
        refused(dev, EBUSY)
    })
}
