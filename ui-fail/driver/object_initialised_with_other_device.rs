//! The data of an object is made with the object's own device.
//@ claim: driver-owns-object
//@ generations: api, linux-7.3
use driver::{Other, Probe};
use kernel::{drm, prelude::*};

struct Buffer;

#[cfg(not(twin))]
type Device = drm::Device<Other>;
#[cfg(twin)]
type Device = drm::Device<Probe>;

impl drm::gem::DriverObject for Buffer {
    type Driver = Probe;
    type Args = ();

    fn new(_: &Device, _: usize, _: ()) -> impl PinInit<Self, Error> {
        //~^ E0053 Other
        Ok(Buffer)
    }
}

fn main() {
    let _ = core::any::type_name::<Other>();
}
