//! Taking the parent for bound because a device exists: only a registered device vouches for it.
//@ claim: bound-parent-needs-registered
//@ violation: registered-only-call
use driver::{data, with_parent, Probe};
use kernel::drm::{self, Device, Registered};
use kernel::error::Result;
use kernel::{device, faux};

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let dev: *const Device<Probe> = &raw const *dev;
        // SAFETY: Contexts share one layout. BREAKS the invariant of `Registered`: the device is
        // not registered.
        let dev: &Device<Probe, Registered> = unsafe { &*dev.cast() };
        let parent: &faux::Device<device::Bound> = dev.as_ref();
        let parent: &device::Device<device::Bound> = parent.as_ref();
        assert_eq!(parent.name(), c"probe");
        Ok(())
    })
}
