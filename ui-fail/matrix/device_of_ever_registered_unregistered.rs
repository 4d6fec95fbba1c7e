//! The device that an `EverRegistered` handle lends, taken for a device that was not registered
//! yet, bound to a name of that type, is refused: it was registered, and may not be any more.
//@ claim: context-only-weakens
use kernel::drm;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(ever: &'a drm::EverRegistered<T>) {
    let _: &drm::UnregisteredDevice<T> = &**ever; //~ E0308 UnregisteredDevice
}

#[cfg(twin)]
fn case<'a, T: drm::Driver>(ever: &'a drm::EverRegistered<T>) {
    let _: &drm::Device<T, drm::Ioctl> = &**ever;
}

fn main() {}
