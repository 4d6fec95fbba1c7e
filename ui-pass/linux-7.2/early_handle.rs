//! A counted handle from before registration is good while the device is registered, after that,
//! and on another thread, where the device goes last.
//@ claim: device-is-shared
//@ generations: linux-7.2
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device, Uninit};
use kernel::error::Result;
use kernel::sync::aref::ARef;
use std::thread;

pub fn main() -> Result {
    let dev: ARef<Device<Probe, Uninit>> = with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let handle = ARef::from(&*dev);
        drm::Registration::new_foreign_owned(dev, parent, 0)?;
        Ok(handle)
    })?;
    thread::scope(|scope| {
        scope.spawn(move || assert_eq!(dev.value, 7));
    });
    Ok(())
}
