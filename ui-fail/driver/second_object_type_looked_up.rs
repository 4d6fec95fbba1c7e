//! A driver has one type of objects that its handles stand for; no handle is looked up as an
//! object of another type.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3
use driver::{Client, Probe};
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

#[cfg(twin)]
use driver::Buffer as Data;
#[cfg(not(twin))]
use Second as Data;

fn case(file: &File<Client>) -> Result {
    Object::<Data>::lookup_handle(file, 1)?; //~ E0271 Second
    Ok(())
}

fn main() {
    let _ = Second;
}
