//! A registration that failed has taken the right to register as well: nobody tries again.
//@ claim: register-consumes
//@ generations: linux-7.2, devicectx-v1
use kernel::device::{Bound, Device};
use kernel::{drm, error::Result};

#[cfg(not(twin))]
fn case<T: drm::Driver + 'static>(dev: drm::UnregisteredDevice<T>, parent: &Device<Bound>) {
    while drm::Registration::new_foreign_owned(dev, parent, 0).is_err() {} //~ E0382 dev
}
#[cfg(twin)]
fn case<T: drm::Driver + 'static>(dev: drm::UnregisteredDevice<T>, parent: &Device<Bound>) {
    let _ = drm::Registration::new_foreign_owned(dev, parent, 0);
}

fn main() {}
