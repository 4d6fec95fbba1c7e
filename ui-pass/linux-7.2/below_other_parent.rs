//! A device is not registered below another parent than its own, and nothing is left of it.
//@ claim: failed-registration-leaves-nothing
//@ generations: linux-7.2
use driver::{data, refused, with_parent, Probe};
use hw_stub::client;
use kernel::drm;
use kernel::error::{code::EINVAL, Result};

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        with_parent(|other| {
            refused(drm::Registration::new_foreign_owned(dev, other, 0), EINVAL)?;
            assert!(client::primary_nodes().is_empty());
            Ok(())
        })
    })
}
