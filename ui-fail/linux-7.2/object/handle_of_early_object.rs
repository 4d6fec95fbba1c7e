//! An object of a device of which nothing is known gets no handle.
//@ claim: gem-handle-needs-registered
//@ generations: linux-7.2
use driver::{Buffer, Client};
use kernel::drm::{self, gem::BaseObject, gem::Object};
use kernel::error::Result;

#[cfg(not(twin))]
fn case(object: &Object<Buffer, drm::Uninit>, file: &drm::File<Client>) -> Result<u32> {
    object.create_handle(file) //~ E0271 Uninit
}
#[cfg(twin)]
fn case(object: &Object<Buffer, drm::Registered>, file: &drm::File<Client>) -> Result<u32> {
    object.create_handle(file)
}

fn main() {}
