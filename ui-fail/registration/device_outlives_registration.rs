//! The device that a registration lends is lent for as long as the registration lives.
//@ claim: registration-ends-before-borrows
//@ generations: api, linux-7.3
use kernel::drm::{driver::Registration, Device, Driver};

fn uses<T: Driver>(_: &Device<T>) {}

#[cfg(not(twin))]
fn case<T: Driver>(registration: Registration<'_, T>) {
    let dev = registration.device();
    drop(registration); //~ E0505 registration
    uses(dev);
}
#[cfg(twin)]
fn case<T: Driver>(registration: Registration<'_, T>) {
    let dev = registration.device();
    uses(dev);
    drop(registration);
}

fn main() {}
