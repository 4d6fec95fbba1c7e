//! A registration that a faux device owns tells that the device was registered, and ends with the
//! faux device.
//@ claim: foreign-owned-is-ioctl
use driver::{data, registration_data, Probe};
use hw_stub::client;
use kernel::drm::{self, EverRegistered};
use kernel::error::{code::ENODEV, Result};
use kernel::faux;

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let dev = register(&parent)?;
    let guard = dev.registration_guard().ok_or(ENODEV)?;
    guard.registration_data_with(|data| assert_eq!(data.value, 7));
    drop(guard);
    drop(parent);
    assert!(dev.registration_guard().is_none());
    assert!(client::primary_nodes().is_empty());
    Ok(())
}

fn register(parent: &faux::Registration) -> Result<EverRegistered<Probe>> {
    let dev = drm::UnregisteredDevice::<Probe>::new(parent.as_ref(), data())?;
    let data = registration_data(7, None);
    let dev = drm::Registration::new_foreign_owned(parent.as_ref().as_ref(), dev, data, 0)?;
    Ok(dev.into())
}
