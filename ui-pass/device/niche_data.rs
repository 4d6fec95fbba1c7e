//! Data with a niche keeps its value, whatever the rest of the device is.
//@ claim: allocation-covers-device
//@ generations: api, linux-7.3
use driver::{minimal_driver, with_parent};
use kernel::alloc::{flags::GFP_KERNEL, KBox};
use kernel::drm;
use kernel::error::Result;

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Option<KBox<u32>>, ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let none = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(None))?;
        let some =
            drm::UnregisteredDevice::<Gpu>::new(parent, Ok(Some(KBox::new(7, GFP_KERNEL)?)))?;
        assert!(none.is_none());
        assert_eq!(some.as_deref(), Some(&7));
        Ok(())
    })
}
