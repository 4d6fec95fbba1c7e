//! The device that a registration lends, taken for a device that was not registered yet, bound to a
//! name of that type, is refused: what is known of it ends with the registration, so nothing is.
//@ claim: context-only-weakens
use kernel::drm;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(registration: &'a drm::Registration<'a, T>) {
    let _: &drm::UnregisteredDevice<T> = registration.device(); //~ E0308 UnregisteredDevice
}

#[cfg(twin)]
fn case<'a, T: drm::Driver>(registration: &'a drm::Registration<'a, T>) {
    let _: &drm::Device<T> = registration.device();
}

fn main() {}
