//! A handle in a file of one driver is not looked up as another driver's object.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use driver::Client;
use kernel::drm::{gem::BaseObject, gem::Object, File};
use kernel::{prelude::*, sync::aref::ARef};

#[cfg(not(twin))]
type Data = driver::OtherBuffer;
#[cfg(twin)]
type Data = driver::Buffer;

fn case(file: &File<Client>) -> Result<ARef<Object<Data>>> {
    Object::lookup_handle(file, 1) //~ E0308 OtherBuffer
}

fn main() {}
