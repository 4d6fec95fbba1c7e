//! A registration that outlives the binding of its parent, as if it had been forgotten.
//@ claim: register-needs-proof
//@ generations: api, linux-7.3
//@ violation: parent-not-bound
use driver::{data, registration_data, Probe};
use kernel::error::{code::ENODEV, Result};
use kernel::str::CStrExt;
use kernel::{device, drm, faux};
use std::ptr::{null, null_mut};

pub fn main() -> Result {
    // SAFETY: The name is null-terminated; a faux device needs neither parent nor callbacks.
    let raw = unsafe { bindings::faux_device_create(c"parent".as_char_ptr(), null_mut(), null()) };
    // SAFETY: `faux::Device` is a transparent wrapper. BREAKS the rule that a bound device is
    // borrowed no longer than it is bound.
    let parent = unsafe { raw.cast::<faux::Device<device::Bound>>().as_ref() }.ok_or(ENODEV)?;
    let result = register(parent);
    // SAFETY: The device was created above, and is destroyed once.
    unsafe { bindings::faux_device_destroy(raw) };
    result.map(drop)
}

fn register(parent: &faux::Device<device::Bound>) -> Result<drm::Registration<'_, Probe>> {
    let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
    // SAFETY: BREAKS the requirement that the registration is dropped while the parent is bound.
    unsafe { drm::Registration::new(parent.as_ref(), dev, registration_data(7, None), 0) }
}
