//! Each object has an offset of its own at which userspace maps it, which stays the same.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3
use driver::{data, with_parent, Buffer, Probe};
use kernel::drm;
use kernel::drm::gem::{BaseObject, Object};
use kernel::error::Result;
use kernel::page::PAGE_SIZE;

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let first = Object::<Buffer>::new(&dev, PAGE_SIZE, ())?;
        let second = Object::<Buffer>::new(&dev, PAGE_SIZE, ())?;
        let offset = first.create_mmap_offset()?;
        assert_ne!(offset, second.create_mmap_offset()?);
        assert_eq!(offset, first.create_mmap_offset()?);
        assert!(offset.is_multiple_of(PAGE_SIZE as u64));
        Ok(())
    })
}
