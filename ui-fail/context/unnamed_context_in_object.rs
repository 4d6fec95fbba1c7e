//! The device of a GEM object whose context is not named is `Normal`, because an object outlives
//! its device's registration.
//@ claim: context-default-normal
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<B: drm::gem::DriverObject>(obj: &drm::gem::Object<B>) {
    let _ = obj.dev().registration_guard(); //~ E0599 registration_guard
}
#[cfg(twin)]
fn case<B: drm::gem::DriverObject>(obj: &drm::gem::Object<B, drm::Ioctl>) {
    let _ = obj.dev().registration_guard();
}

fn main() {}
