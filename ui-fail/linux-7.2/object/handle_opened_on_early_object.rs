//! A handle is opened for an object of a device that was registered.
//@ claim: gem-handle-needs-registered
//@ generations: linux-7.2
use driver::{Buffer, Client, Probe};
use kernel::drm::{self, gem, gem::DriverObject};
use kernel::prelude::*;

struct Mine;

impl DriverObject for Mine {
    type Driver = Probe;
    type Args = ();

    fn new<C: drm::DeviceContext>(
        _: &drm::Device<Probe, C>,
        _: usize,
        _: (),
    ) -> impl PinInit<Self, Error> {
        Ok(Mine)
    }

    #[cfg(not(twin))]
    fn open(_: &gem::Object<Buffer, drm::Uninit>, _: &drm::File<Client>) -> Result {
        //~^ E0053 incompatible
        Ok(())
    }
    #[cfg(twin)]
    fn open(_: &gem::Object<Buffer, drm::Registered>, _: &drm::File<Client>) -> Result {
        Ok(())
    }
}

fn main() {}
