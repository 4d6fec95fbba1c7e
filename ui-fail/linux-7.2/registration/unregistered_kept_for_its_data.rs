//! After registering, the device that the driver made is gone; what is left is the registered one.
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
    let _: &T::Data = &dev; //~ E0382 dev
    Ok(())
}
#[cfg(twin)]
fn case<T: drm::Driver + 'static>(
    dev: drm::UnregisteredDevice<T>,
    parent: &Device<Bound>,
) -> Result {
    let dev = drm::Registration::new_foreign_owned(dev, parent, 0)?;
    let _: &T::Data = dev;
    Ok(())
}

fn main() {}
