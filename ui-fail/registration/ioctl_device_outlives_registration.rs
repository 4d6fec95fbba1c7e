//! What a registration tells of its device is told for as long as the registration lives;
//! `EverRegistered` keeps it for longer.
//@ claim: registration-ends-before-borrows
//@ generations: api
use kernel::drm::{driver::Registration, Device, Driver, Ioctl};

fn uses<T: Driver>(_: &Device<T, Ioctl>) {}

#[cfg(not(twin))]
fn case<T: Driver>(registration: Registration<'_, T>) {
    let dev = registration.ioctl_device();
    drop(registration); //~ E0505 registration
    uses(dev);
}
#[cfg(twin)]
fn case<T: Driver>(registration: Registration<'_, T>) {
    let dev: kernel::drm::EverRegistered<T> = registration.ioctl_device().into();
    drop(registration);
    uses(&dev);
}

fn main() {}
