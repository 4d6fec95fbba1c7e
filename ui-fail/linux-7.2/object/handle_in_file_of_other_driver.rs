//! An object gets a handle in files of its own driver only.
//@ claim: driver-owns-object
//@ generations: linux-7.2, devicectx-v1
use driver::Buffer;
#[cfg(twin)]
use driver::Client;
#[cfg(not(twin))]
use driver::OtherClient;
use kernel::drm::{self, gem::BaseObject, gem::Object};
use kernel::error::Result;

#[cfg(not(twin))]
fn case(object: &Object<Buffer>, file: &drm::File<OtherClient>) -> Result<u32> {
    object.create_handle(file) //~ E0308 Client
}
#[cfg(twin)]
fn case(object: &Object<Buffer>, file: &drm::File<Client>) -> Result<u32> {
    object.create_handle(file)
}

fn main() {}
