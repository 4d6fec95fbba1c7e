//! A device is not registered below a device that is not its parent, and is gone then.
//@ claim: failed-registration-leaves-nothing
//@ generations: api, linux-7.3
use driver::{data, refused, registration_data, with_parent, Probe};
use hw_stub::client;
use kernel::drm;
use kernel::error::{code::EINVAL, Result};

pub fn main() -> Result {
    with_parent(|parent| {
        with_parent(|other| {
            let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
            let data = registration_data(7, None);
            // SAFETY: If there were a registration, it would be dropped at once.
            let result = unsafe { drm::Registration::new(other.as_ref(), dev, data, 0) };
            refused(result, EINVAL)?;
            assert!(client::primary_nodes().is_empty());
            Ok(())
        })
    })
}
