//! A driver has one type of objects that its handles stand for; an object of another type gets
//! no handle.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3
use driver::{Buffer, Client, Probe};
use kernel::drm::{gem::BaseObject, gem::DriverObject, gem::Object, Device, File};
use kernel::prelude::*;

struct Second;

impl DriverObject for Second {
    type Driver = Probe;
    type Args = ();

    fn new(_: &Device<Probe>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Second)
    }
}

#[cfg(not(twin))]
fn case(obj: &Object<Second>, _: &Object<Buffer>, file: &File<Client>) -> Result<u32> {
    obj.create_handle(file) //~ E0271 Second
}
#[cfg(twin)]
fn case(_: &Object<Second>, obj: &Object<Buffer>, file: &File<Client>) -> Result<u32> {
    obj.create_handle(file)
}

fn main() {}
