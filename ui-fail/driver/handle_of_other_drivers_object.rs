//! A file of one driver gets no handle of another driver's object.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::Client;
use kernel::drm::{gem::BaseObject, gem::Object, File};
use kernel::prelude::*;

#[cfg(not(twin))]
type Data = driver::OtherBuffer;
#[cfg(twin)]
type Data = driver::Buffer;

fn case(obj: &Object<Data>, file: &File<Client>) -> Result<u32> {
    obj.create_handle(file) //~ E0308 Client
}

fn main() {}
