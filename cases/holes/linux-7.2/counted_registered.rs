//! By design, a counted handle says `Registered` of a device that is not registered any more.
//!
//! `Registered` means that the device was registered at some point, and the documentation of
//! `DeviceContext` says so. The name promises more, and every device has a counted handle that
//! keeps it: below a parent that is gone there is still a `Device<T, Registered>`, by which nobody
//! may conclude that clients, nodes or hardware are there.
//!
//! Nothing in this generation concludes that. Whoever adds an operation to `Registered` that needs
//! the registration opens a hole; it needs another context, which is not counted.
//@ claim: aref-is-normal
//@ generations: linux-7.2
use driver::{with_registration, Probe};
use kernel::drm::{Device, Registered};
use kernel::error::Result;
use kernel::sync::aref::ARef;

pub fn main() -> Result {
    let kept: ARef<Device<Probe, Registered>> =
        with_registration(|registration| Ok(registration.device().into()))?;
    let dev: &Device<Probe, Registered> = &kept;
    assert_eq!(dev.value, 7);
    Ok(())
}
