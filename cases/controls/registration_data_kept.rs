//! A counted handle that keeps the Registered context reads the registration data after the
//! registration ended: it was freed.
//@ claim: aref-is-normal
//@ generations: api, linux-7.3
//@ violation: registered-only-call, linux-7.3: use-after-free
use driver::{with_registration, Probe};
use kernel::drm::{Device, Registered};
use kernel::error::Result;
use kernel::sync::aref::ARef;

pub fn main() -> Result {
    let handle: ARef<Device<Probe>> =
        with_registration(|registration| Ok(registration.device().into()))?;
    let dev: *const Device<Probe> = &raw const *handle;
    // SAFETY: Contexts share one layout. BREAKS the invariant of `Registered`: the registration is
    // over, and what it proved is no longer true.
    let dev: &Device<Probe, Registered> = unsafe { &*dev.cast() };
    // Here an assertion comes first; in the kernel the data is read, whose memory was freed.
    dev.registration_data_with(|data| assert!(!cfg!(kernel_tree) || data.value > 0));
    Ok(())
}
