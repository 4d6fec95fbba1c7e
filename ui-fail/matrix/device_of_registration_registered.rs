//! The device that a registration lends, taken for a `Registered` device, bound to a name of that
//! type, is refused: what is known of it ends with the registration, so nothing is.
//@ claim: context-only-weakens
use kernel::drm;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(registration: &'a drm::Registration<'a, T>) {
    let _: &drm::Device<T, drm::Registered> = registration.device(); //~ E0308 Registered
}

#[cfg(twin)]
fn case<'a, T: drm::Driver>(registration: &'a drm::Registration<'a, T>) {
    let _: &drm::Device<T> = registration.device();
}

fn main() {}
