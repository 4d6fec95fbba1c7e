//! An object has a size of whole pages; with any other size none is made.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3
use driver::{data, refused, with_parent, Buffer, Probe};
use kernel::drm;
use kernel::drm::gem::{BaseObject, Object};
use kernel::error::{code::EINVAL, Result};
use kernel::page::PAGE_SIZE;

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        refused(Object::<Buffer>::new(&dev, 0, ()), EINVAL)?;
        refused(Object::<Buffer>::new(&dev, PAGE_SIZE + 1, ()), EINVAL)?;
        assert_eq!(
            Object::<Buffer>::new(&dev, 3 * PAGE_SIZE, ())?.size(),
            3 * PAGE_SIZE
        );
        Ok(())
    })
}
