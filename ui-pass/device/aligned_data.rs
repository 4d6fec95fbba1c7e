//! Data that is aligned more strictly than the rest of a device lies where its alignment demands.
//@ claim: allocation-covers-device
//@ generations: api, linux-7.3
use driver::{minimal_driver, with_parent};
use kernel::drm;
use kernel::error::Result;

#[repr(align(16))]
pub struct Aligned([u8; 48]);

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: Aligned, ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(Aligned([7; 48])))?;
        let data: &Aligned = &dev;
        assert_eq!(core::ptr::from_ref(data).addr() % 16, 0);
        assert_eq!(data.0, [7; 48]);
        Ok(())
    })
}
