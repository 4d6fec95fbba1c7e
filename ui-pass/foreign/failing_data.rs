//! When the data of a registration that the bus would own cannot be made, nothing is registered.
//@ claim: failed-registration-leaves-nothing
use driver::{data, failing_registration_data, refused, Probe};
use hw_stub::client;
use kernel::drm;
use kernel::error::{code::EIO, Result};
use kernel::faux;

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let dev = drm::UnregisteredDevice::<Probe>::new(parent.as_ref(), data())?;
    let data = failing_registration_data();
    let result = drm::Registration::new_foreign_owned(parent.as_ref().as_ref(), dev, data, 0);
    refused(result, EIO)?;
    assert!(client::primary_nodes().is_empty());
    Ok(())
}
