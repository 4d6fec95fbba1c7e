//! Reading the registration data of a device that was never registered: the pointer dangles.
//@ claim: registration-data-needs-registered
//@ violation: registered-only-call
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device, Registered};
use kernel::error::Result;

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let dev: *const Device<Probe> = &raw const *dev;
        // SAFETY: Contexts share one layout. BREAKS the invariant of `Registered`: the device is
        // not registered.
        let dev: &Device<Probe, Registered> = unsafe { &*dev.cast() };
        // The data is not touched: it could be anything.
        dev.registration_data_with(|_data| ());
        Ok(())
    })
}
