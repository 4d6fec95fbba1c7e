//! A driver that borrows something is not registered: the DRM core may keep it for ever.
//@ claim: driver-is-static
//@ generations: linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::{drm, error::Result};

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: drm::UnregisteredDevice<T>, parent: &Device<Bound>) -> Result {
    drm::Registration::new_foreign_owned(dev, parent, 0)?; //~ E0310 T
    Ok(())
}
#[cfg(twin)]
fn case<T: drm::Driver + 'static>(
    dev: drm::UnregisteredDevice<T>,
    parent: &Device<Bound>,
) -> Result {
    drm::Registration::new_foreign_owned(dev, parent, 0)?;
    Ok(())
}

fn main() {}
