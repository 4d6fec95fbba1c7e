//! The `Ioctl` device that a registration lends, taken for an `EverRegistered` handle, bound to a
//! name of that type, is refused: it was registered, and that is all that is known.
//@ claim: context-only-weakens
use kernel::drm;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(registration: &'a drm::Registration<'a, T>) {
    let _: &drm::EverRegistered<T> = registration.ioctl_device(); //~ E0308 EverRegistered
}

#[cfg(twin)]
fn case<'a, T: drm::Driver>(registration: &'a drm::Registration<'a, T>) {
    let _: &drm::Device<T, drm::Ioctl> = registration.ioctl_device();
}

fn main() {}
