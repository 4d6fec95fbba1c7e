//! A registration that the driver owns could be forgotten, so it makes none.
//@ claim: register-needs-proof
//@ generations: linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::{drm, error::Result};

#[cfg(not(twin))]
fn case<T: drm::Driver + 'static>(
    dev: drm::UnregisteredDevice<T>,
    _parent: &Device<Bound>,
) -> Result {
    drm::Registration::new(dev, 0)?; //~ E0624 private
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
