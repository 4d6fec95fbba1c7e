//! Objects are made before registration too, so the data of one is made for any context.
//@ claim: context-only-weakens
//@ generations: linux-7.2
use driver::Probe;
use kernel::drm::{self, gem::DriverObject};
use kernel::prelude::*;

struct Mine;

impl DriverObject for Mine {
    type Driver = Probe;
    type Args = ();

    #[cfg(not(twin))]
    fn new(_: &drm::Device<Probe>, _: usize, _: ()) -> impl PinInit<Self, Error> {
        //~^ E0049 type
        Ok(Mine)
    }
    #[cfg(twin)]
    fn new<C: drm::DeviceContext>(
        _: &drm::Device<Probe, C>,
        _: usize,
        _: (),
    ) -> impl PinInit<Self, Error> {
        Ok(Mine)
    }
}

fn main() {}
