//! The device that an `EverRegistered` handle lends, taken for an `EverRegistered` handle, bound to
//! a name of that type, is refused: it was registered, and may not be any more.
//@ claim: context-only-weakens
use kernel::drm;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(ever: &'a drm::EverRegistered<T>) {
    let _: &drm::EverRegistered<T> = &**ever; //~ E0308 EverRegistered
}

#[cfg(twin)]
fn case<'a, T: drm::Driver>(ever: &'a drm::EverRegistered<T>) {
    let _: &drm::Device<T, drm::Ioctl> = &**ever;
}

fn main() {}
