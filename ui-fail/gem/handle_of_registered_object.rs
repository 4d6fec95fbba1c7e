//! An object that knows its device to be registered gets no handle: a handle outlives that.
//@ claim: gem-object-is-normal
//@ generations: api
use driver::{Buffer, Client};
use kernel::drm::{self, gem::BaseObject, gem::Object};
use kernel::prelude::*;

#[cfg(not(twin))]
fn case(obj: &Object<Buffer, drm::Registered>, file: &drm::File<Client>) -> Result<u32> {
    obj.create_handle(file) //~ E0277 "memory manager"
                            //~^ E0271 Registered
}
#[cfg(twin)]
fn case(obj: &Object<Buffer, drm::Normal>, file: &drm::File<Client>) -> Result<u32> {
    obj.create_handle(file)
}

fn main() {}
