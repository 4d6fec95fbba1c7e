//! Registering consumes the right to, so a device is registered once.
//@ claim: register-consumes
//@ generations: linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::{drm, error::Result};

#[cfg(not(twin))]
fn case<T: drm::Driver + 'static>(
    dev: drm::UnregisteredDevice<T>,
    parent: &Device<Bound>,
) -> Result {
    drm::Registration::new_foreign_owned(dev, parent, 0)?;
    drm::Registration::new_foreign_owned(dev, parent, 0)?; //~ E0382 dev
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
