//! The callback for an object's first handle takes the files of its own driver.
//@ claim: driver-owns-file
//@ generations: api, linux-7.3
use driver::{Buffer, Probe};
use kernel::{drm, prelude::*};

struct Mine;

#[cfg(not(twin))]
type Opener = drm::File<driver::OtherClient>;
#[cfg(twin)]
type Opener = drm::File<driver::Client>;

impl drm::gem::DriverObject for Mine {
    type Driver = Probe;
    type Args = ();

    fn new(_: &drm::Device<Probe>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        Ok(Mine)
    }

    fn open(_: &drm::gem::Object<Buffer>, _: &Opener) -> Result {
        //~^ E0053 OtherClient
        Ok(())
    }
}

fn main() {}
