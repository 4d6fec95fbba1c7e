//! A device that is never registered is freed with its data, and no node ever appears.
//@ claim: driver-leaves-nothing
//@ generations: api, linux-7.3
use driver::{data, with_parent, Probe};
use hw_stub::client;
use kernel::drm;
use kernel::error::Result;

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        assert_eq!(dev.value, 7);
        assert!(client::primary_nodes().is_empty());
        Ok(())
    })
}
