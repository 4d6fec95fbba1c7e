//! A registration cannot end while a guard that it lent is held: unplugging would wait for ever.
//@ claim: registration-ends-before-borrows
//@ generations: api
use kernel::drm::{driver::Registration, Driver};

#[cfg(not(twin))]
fn case<T: Driver>(registration: Registration<'_, T>) {
    let guard = registration.ioctl_device().registration_guard();
    drop(registration); //~ E0505 registration
    drop(guard);
}
#[cfg(twin)]
fn case<T: Driver>(registration: Registration<'_, T>) {
    let guard = registration.ioctl_device().registration_guard();
    drop(guard);
    drop(registration);
}

fn main() {}
