//! A handle stands for an object of a device that was registered.
//@ claim: gem-handle-needs-registered
//@ generations: linux-7.2
use driver::{Buffer, Client};
use kernel::drm::{self, gem::BaseObject, gem::Object};

#[cfg(not(twin))]
fn case(file: &drm::File<Client>) {
    let _ = Object::<Buffer, drm::Uninit>::lookup_handle(file, 1); //~ E0271 Uninit
}
#[cfg(twin)]
fn case(file: &drm::File<Client>) {
    let _ = Object::<Buffer, drm::Registered>::lookup_handle(file, 1);
}

fn main() {}
