//! Reading the registration data of a device that was never registered: the pointer dangles.
//@ claim: registration-data-needs-registered
//@ generations: api, linux-7.3
//@ violation: registered-only-call, linux-7.3: wild-access
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
        // Here an assertion comes first; in the kernel the data is read, which could be anything.
        dev.registration_data_with(|data| assert!(!cfg!(kernel_tree) || data.value > 0));
        Ok(())
    })
}
