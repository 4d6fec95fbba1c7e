//! The device that a GEM object lends, taken for a counted handle, bound to a name of that type, is
//! refused: an object lives longer than anything else that is known of its device.
//@ claim: gem-object-is-normal
use kernel::drm;
#[cfg(not(twin))]
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case<'a, T: drm::Driver, O: drm::gem::DriverObject<Driver = T>>(
    object: &'a drm::gem::Object<O>,
) {
    let _: &ARef<drm::Device<T>> = object.dev(); //~ E0308 ARef
}

#[cfg(twin)]
fn case<'a, T: drm::Driver, O: drm::gem::DriverObject<Driver = T>>(
    object: &'a drm::gem::Object<O>,
) {
    let _: &drm::Device<T> = object.dev();
}

fn main() {}
