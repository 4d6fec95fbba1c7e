//! The device of an object may never have been registered, so it is not asked for a guard.
//@ claim: gem-object-is-normal
//@ generations: api, linux-7.3
use kernel::drm::{self, gem::DriverObject, gem::Object};

#[cfg(not(twin))]
fn case<T: DriverObject>(obj: &Object<T>) {
    let _ = obj.dev().registration_guard(); //~ E0599 registration_guard
}
#[cfg(twin)]
fn case<T: DriverObject>(_: &Object<T>, dev: &drm::Device<T::Driver, drm::Ioctl>) {
    let _ = dev.registration_guard();
}

fn main() {
    let _ = drm::Ioctl;
}
