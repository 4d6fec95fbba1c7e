//! When the second part of a device's data fails, the first is dropped once, and nothing else.
//@ claim: failed-init-drops-nothing
//@ generations: api, linux-7.3
use driver::{failing_data, refused, with_parent, Probe};
use kernel::drm;
use kernel::error::{code::EIO, Result};

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, failing_data());
        refused(dev, EIO)
    })
}
