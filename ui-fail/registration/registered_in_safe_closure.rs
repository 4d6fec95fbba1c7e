//! A closure that registers takes the duty to drop the registration in time upon itself, which
//! is `unsafe`.
//@ claim: register-needs-proof
//@ generations: api, linux-7.3
use kernel::device::{Bound, Device};
use kernel::drm::{driver::Registration, UnregisteredDevice};
use kernel::prelude::*;

fn probe(_: impl FnOnce(&Device<Bound>, UnregisteredDevice<driver::Other>) -> Result) {}

#[cfg(not(twin))]
fn case() {
    probe(|dev, drm| {
        let registration = Registration::new(dev, drm, (), 0); //~ E0133 new
        registration.map(core::mem::forget)
    });
}
#[cfg(twin)]
fn case() {
    probe(|dev, drm| {
        // SAFETY: The registration is dropped at once.
        let registration = unsafe { Registration::new(dev, drm, (), 0) };
        registration.map(drop)
    });
}

fn main() {}
