//! The device that an `EverRegistered` handle lends, taken for a counted handle, bound to a name of
//! that type, is refused: it was registered, and may not be any more.
//@ claim: context-only-weakens
use kernel::drm;
#[cfg(not(twin))]
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver>(ever: &'a drm::EverRegistered<T>) {
    let _: &ARef<drm::Device<T>> = &**ever; //~ E0308 ARef
}

#[cfg(twin)]
fn case<'a, T: drm::Driver>(ever: &'a drm::EverRegistered<T>) {
    let _: &drm::Device<T, drm::Ioctl> = &**ever;
}

fn main() {}
