//! The callback for an object's first handle takes the objects of its own driver.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3
use driver::{Client, Probe};
use kernel::{drm, prelude::*};

struct Buffer;

#[cfg(not(twin))]
type Opened = drm::gem::Object<driver::OtherBuffer>;
#[cfg(twin)]
type Opened = drm::gem::Object<driver::Buffer>;

impl drm::gem::DriverObject for Buffer {
    type Driver = Probe;
    type Args = ();

    fn new(_: &drm::Device<Probe>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Buffer)
    }

    fn open(_: &Opened, _: &drm::File<Client>) -> Result {
        //~^ E0053 OtherBuffer
        Ok(())
    }
}

fn main() {}
