//! An object that was made before registration is not one of a device that was registered.
//@ claim: gem-object-keeps-context
//@ generations: linux-7.2
use kernel::drm::{self, gem::DriverObject, gem::Object};

#[cfg(not(twin))]
fn case<B: DriverObject>(object: &Object<B, drm::Uninit>) -> &Object<B> {
    object //~ E0308 Uninit
}
#[cfg(twin)]
fn case<B: DriverObject>(object: &Object<B, drm::Registered>) -> &Object<B> {
    object
}

fn main() {}
