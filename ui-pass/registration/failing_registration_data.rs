//! When the registration data cannot be made, nothing is registered and what was made is dropped.
//@ claim: failed-registration-leaves-nothing
//@ generations: api, linux-7.3
use driver::{data, failing_registration_data, refused, with_parent, Probe};
use hw_stub::client;
use kernel::drm;
use kernel::error::{code::EIO, Result};

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let data = failing_registration_data();
        // SAFETY: If there were a registration, it would be dropped at once.
        let result = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) };
        refused(result, EIO)?;
        assert!(client::primary_nodes().is_empty());
        Ok(())
    })
}
