//! A counted handle is sent to another thread, which drops the last reference of the device, after
//! the parent was unbound.
//@ claim: device-is-shared
//@ generations: api, linux-7.3
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device};
use kernel::error::Result;
use kernel::sync::aref::ARef;

pub fn main() -> Result {
    let handle: ARef<Device<Probe>> = with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        Ok((&*dev).into())
    })?;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            assert_eq!(handle.value, 7);
            drop(handle);
        });
    });
    Ok(())
}
