//! The device that a GEM object lends, taken for an `EverRegistered` handle, bound to a name of
//! that type, is refused: an object lives longer than anything else that is known of its device.
//@ claim: gem-object-is-normal
use kernel::drm;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver, O: drm::gem::DriverObject<Driver = T>>(
    object: &'a drm::gem::Object<O>,
) {
    let _: &drm::EverRegistered<T> = object.dev(); //~ E0308 EverRegistered
}

#[cfg(twin)]
fn case<'a, T: drm::Driver, O: drm::gem::DriverObject<Driver = T>>(
    object: &'a drm::gem::Object<O>,
) {
    let _: &drm::Device<T> = object.dev();
}

fn main() {}
